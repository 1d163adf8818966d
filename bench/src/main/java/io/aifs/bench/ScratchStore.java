package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.core.model.Name;
import io.aifs.server.EmbeddedAifs;
import io.aifs.server.RootKeySettings;
import io.aifs.server.StoreCreation;
import io.aifs.server.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** An embedded store in a new temporary directory, which is deleted at the end. */
final class ScratchStore implements AutoCloseable {
  private final Path directory;
  private final AifsClient client;

  private ScratchStore(Path directory) throws IOException {
    this.directory = directory;
    StoreOptions options =
        new StoreOptions(
            directory.resolve("data"),
            Name.DEFAULT_NAMESPACE,
            directory.resolve("config"),
            directory.resolve("state"),
            new RootKeySettings.KeyFile(Optional.empty()),
            Optional.empty());
    StoreCreation.init(options, false);
    this.client = EmbeddedAifs.open(options);
  }

  /**
   * @param name what the directory's name begins with
   */
  static ScratchStore open(String name) throws IOException {
    return new ScratchStore(Files.createTempDirectory(name));
  }

  AifsClient client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
