package io.aifs.server.store;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.file.Disk;
import io.aifs.server.file.LocalDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/** The names inside a data directory. */
public record DataDirectory(Path root) {
  public static final String CATALOG = "catalog.db";

  private static final int SOCKET_PATH_BYTES_MAX = 100;

  public Path catalog() {
    return root.resolve(CATALOG);
  }

  public Disk disk() throws IOException {
    return new LocalDisk(root);
  }

  /**
   * Where the holder listens: in the directory, or, if that path is too long for a socket, in a
   * private directory under {@code /tmp}.
   */
  public Path socket(String storeId) throws IOException {
    Path inside = root.toAbsolutePath().resolve("holder.sock");
    if (inside.toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_BYTES_MAX) {
      return inside;
    }
    Path short_ = Files.createTempDirectory("aifs-" + storeId.substring(0, 8) + "-");
    return short_.resolve("holder.sock");
  }

  /** What FORMAT says; empty if there is no such file. */
  public Optional<FormatFile> format() throws IOException {
    try {
      return Optional.of(FormatFile.parse(Files.readAllBytes(root.resolve(FormatFile.NAME))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * What FORMAT says of a store that can be opened.
   *
   * @throws AifsException.NotFound if there is no store here, or one that was never finished
   */
  public FormatFile requireFormat() throws IOException {
    FormatFile format =
        format()
            .orElseThrow(
                () ->
                    new AifsException.NotFound(
                        Reason.STORE_NOT_FOUND,
                        "there is no store in " + root,
                        "create one with 'aifs init', or name another directory with --data"));
    if (!format.complete()) {
      throw new AifsException.NotFound(
          Reason.STORE_NOT_FOUND,
          "the store in " + root + " was never finished: its initialisation was cut off",
          "run 'aifs init' again");
    }
    return format;
  }

  public void createDirectory() throws IOException {
    if (!Files.isDirectory(root)) {
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Whether nothing is in the directory, or it does not exist. */
  public boolean isEmpty() throws IOException {
    if (!Files.isDirectory(root)) {
      return true;
    }
    try (Stream<Path> names = Files.list(root)) {
      return names.allMatch(name -> name.endsWith(StoreLock.NAME));
    }
  }
}
