package io.aifs.tests.harness;

import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Directory trees as values that can be compared. */
public final class Trees {
  private Trees() {}

  /**
   * Everything below {@code root}: each path with its type, permission bits, time, and content or
   * target. What a symbolic link itself has besides its target is left out: no file system call of
   * the platform can set it.
   */
  public static Map<String, String> describe(Path root) {
    Map<String, String> described = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (!path.equals(root)) {
          described.put(root.relativize(path).toString(), describeOne(path));
        }
      }
      return described;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describeOne(Path path) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      return "link to " + Files.readSymbolicLink(path);
    }
    String common =
        " mode "
            + Integer.toOctalString((Integer) Files.getAttribute(path, "unix:mode") & 07777)
            + " time "
            + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    return attributes.isDirectory()
        ? "directory" + common
        : "file of " + attributes.size() + " bytes " + digest(path) + common;
  }

  /** The BLAKE3 digest of a file. */
  public static Digest digest(Path file) {
    Hasher hasher = new Hasher();
    byte[] buffer = new byte[1 << 18];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hasher.update(buffer, 0, count);
      }
      return hasher.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a tree with its attributes. */
  public static void copy(Path from, Path to) {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && Files.isDirectory(target)) {
          continue;
        }
        if (!isSpecial(path)) {
          Files.copy(path, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sockets are not part of what a store keeps. */
  private static boolean isSpecial(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }

  /** The regular files below {@code root}, in order. */
  public static List<Path> files(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
