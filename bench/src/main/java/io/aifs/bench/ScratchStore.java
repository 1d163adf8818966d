package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.core.model.Name;
import io.aifs.server.EmbeddedAifs;
import io.aifs.server.RootKeySettings;
import io.aifs.server.StoreCreation;
import io.aifs.server.StoreOptions;
import java.io.IOException;
import java.util.Optional;

/** An embedded store in a new temporary directory, which is deleted at the end. */
final class ScratchStore implements AutoCloseable {
  private final ScratchDirectory directory;
  private final AifsClient client;

  private ScratchStore(ScratchDirectory directory) {
    this.directory = directory;
    StoreOptions options =
        new StoreOptions(
            directory.path().resolve("data"),
            Name.DEFAULT_NAMESPACE,
            directory.path().resolve("config"),
            directory.path().resolve("state"),
            new RootKeySettings.KeyFile(Optional.empty()),
            Optional.empty());
    StoreCreation.init(options, false);
    this.client = EmbeddedAifs.open(options);
  }

  /**
   * @param name what the directory's name begins with
   */
  static ScratchStore open(String name) {
    return new ScratchStore(ScratchDirectory.create(name));
  }

  AifsClient client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
    directory.close();
  }
}
