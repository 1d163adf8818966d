package io.aifs.server;

import io.aifs.server.store.DataDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a rebuilt catalog in the place of the old one, which is kept. Until the last step there is
 * no {@code catalog.db}: whatever stops it in between, the next start asks for another rebuild, and
 * never finds a catalog beside a log that is not its own.
 */
final class CatalogSwap {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** The file itself first: without it, the others mean nothing. */
  private static final List<String> PARTS = List.of("", "-wal", "-shm");

  private final DataDirectory directory;

  CatalogSwap(DataDirectory directory) {
    this.directory = directory;
  }

  /** Where the new catalog is built. */
  Path building() {
    return directory.root().resolve("tmp").resolve("rebuilt-" + DataDirectory.CATALOG);
  }

  /** Makes room for building, whatever an earlier try left. */
  void clear() throws IOException {
    Path temporary = directory.root().resolve("tmp");
    if (!Files.isDirectory(temporary)) {
      Files.createDirectory(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    for (String part : PARTS) {
      Files.deleteIfExists(withPart(building(), part));
    }
  }

  /** Keeps the old files under names that say when; returns those. Then the new one is in place. */
  List<Path> swap(Instant now) throws IOException {
    sync(building()); // SQLite has synced it; that its closing has, is not promised
    List<Path> aside = new ArrayList<>();
    String stamp = freeStamp(now);
    for (String part : PARTS) {
      Path old = withPart(directory.catalog(), part);
      if (Files.exists(old)) {
        Path kept = withPart(Path.of(directory.catalog() + "." + stamp), part);
        Files.move(old, kept, StandardCopyOption.ATOMIC_MOVE);
        aside.add(kept);
      }
    }
    sync(directory.root());
    Files.move(building(), directory.catalog(), StandardCopyOption.ATOMIC_MOVE);
    sync(directory.root());
    return aside;
  }

  private String freeStamp(Instant now) {
    String stamp = STAMP.format(now);
    String free = stamp;
    for (int i = 2; Files.exists(Path.of(directory.catalog() + "." + free)); i++) {
      free = stamp + "-" + i;
    }
    return free;
  }

  private static Path withPart(Path file, String part) {
    return Path.of(file + part);
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
