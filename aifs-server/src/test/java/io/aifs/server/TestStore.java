package io.aifs.server;

import io.aifs.core.model.Name;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.engine.Engine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A new store in a directory, for tests of what stands above the engine. */
public final class TestStore implements AutoCloseable {
  private final OpenStore store;

  private TestStore(OpenStore store) {
    this.store = store;
  }

  /** Makes and opens a store below {@code directory}. */
  public static TestStore create(Path directory, Clock clock) {
    StoreOptions options =
        new StoreOptions(
            directory.resolve("data"),
            Name.DEFAULT_NAMESPACE,
            directory.resolve("config"),
            directory.resolve("state"),
            new RootKeySettings.KeyFile(Optional.empty()),
            Optional.empty());
    StoreCreation.init(options, false);
    return new TestStore(OpenStore.open(options, clock, RandomBytes.secure()));
  }

  public Engine engine() {
    return store.engine();
  }

  @Override
  public void close() {
    store.close();
  }
}
