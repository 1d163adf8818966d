package io.aifs.tests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Writes directory trees that hold everything a file system allows and a user may have. */
public final class RandomTree {
  private static final List<String> FILE_MODES =
      List.of("rw-r--r--", "rw-------", "rwxr-xr-x", "r--r--r--", "rw-rw-rw-", "r-x------");
  private static final List<String> DIRECTORY_MODES = List.of("rwxr-xr-x", "rwx------");
  private static final int DEPTH_MAX = 4;

  private final SplittableRandom random;
  private final RandomNames names;
  private final int fileBytesMax;
  private int entriesLeft;

  private RandomTree(SplittableRandom random, int entries, int fileBytesMax) {
    this.random = random;
    this.names = new RandomNames(random);
    this.entriesLeft = entries;
    this.fileBytesMax = fileBytesMax;
  }

  /** Fills the directory {@code root}, made if missing, with about {@code entries} names. */
  public static void write(SplittableRandom random, Path root, int entries, int fileBytesMax)
      throws IOException {
    Files.createDirectories(root);
    RandomTree tree = new RandomTree(random, entries, fileBytesMax);
    for (String name : RandomNames.DIFFICULT) {
      tree.file(root.resolve(name));
    }
    tree.deep(root.resolve("deep"));
    while (tree.entriesLeft > 0) {
      tree.directory(root, 0);
    }
  }

  private void directory(Path directory, int depth) throws IOException {
    int entries = random.nextInt(1, 20);
    for (int i = 0; i < entries && entriesLeft > 0; i++) {
      Path path = directory.resolve(names.next());
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      entriesLeft--;
      switch (random.nextInt(8)) {
        case 0 -> link(path);
        case 1 -> subdirectory(path, depth);
        case 2 -> emptyDirectory(path);
        default -> file(path);
      }
    }
  }

  private void subdirectory(Path path, int depth) throws IOException {
    Files.createDirectory(path);
    if (depth < DEPTH_MAX) {
      directory(path, depth + 1);
    }
    attributes(path, DIRECTORY_MODES);
  }

  private void emptyDirectory(Path path) throws IOException {
    Files.createDirectory(path);
    attributes(path, DIRECTORY_MODES);
  }

  /** As many levels as the path limit of the file system leaves room for. */
  private void deep(Path top) throws IOException {
    List<Path> levels = new ArrayList<>();
    Path level = top;
    for (int i = 0; i < 60; i++) {
      Files.createDirectory(level);
      levels.add(level);
      level = level.resolve("level " + i);
    }
    file(level);
    for (Path directory : levels.reversed()) {
      attributes(directory, DIRECTORY_MODES);
    }
  }

  private void link(Path path) throws IOException {
    String target =
        switch (random.nextInt(4)) {
          case 0 -> "nowhere/" + names.next();
          case 1 -> "..";
          case 2 -> "/no/such/place";
          default -> names.next();
        };
    Files.createSymbolicLink(path, Path.of(target));
  }

  private void file(Path path) throws IOException {
    Files.write(path, content());
    attributes(path, FILE_MODES);
  }

  private byte[] content() {
    byte[] bytes = new byte[size()];
    if (random.nextInt(3) == 0) {
      random.nextBytes(bytes);
    } else {
      String text = "line " + random.nextInt(1_000) + " of a file that compresses\n";
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) text.charAt(i % text.length());
      }
    }
    return bytes;
  }

  private int size() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> random.nextInt(1, fileBytesMax);
      default -> random.nextInt(1, Math.min(fileBytesMax, 3_000));
    };
  }

  private void attributes(Path path, List<String> modes) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(modes.get(random.nextInt(modes.size()))));
    long nanos = random.nextLong(-1_000_000_000_000_000_000L, 4_000_000_000_000_000_000L);
    Files.setLastModifiedTime(path, FileTime.from(nanos, TimeUnit.NANOSECONDS));
  }
}
