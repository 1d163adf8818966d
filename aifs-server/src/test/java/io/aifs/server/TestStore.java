package io.aifs.server;

import io.aifs.core.model.Name;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.payload.PayloadCheck;
import io.aifs.server.file.Disk;
import io.aifs.server.file.LocalDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A new store in a directory, for tests of what stands above the engine. */
public final class TestStore implements AutoCloseable {
  private final OpenStore store;

  private TestStore(OpenStore store) {
    this.store = store;
  }

  /** Makes and opens a store below {@code directory}. */
  public static TestStore create(Path directory, Clock clock) {
    return create(directory, clock, RandomBytes.secure());
  }

  /**
   * The same with what is drawn in a test's hand.
   *
   * @param random gives all ids and keys but those of the store itself
   */
  public static TestStore create(Path directory, Clock clock, RandomBytes random) {
    return create(directory, clock, random, PayloadCheck.OF_SCHEMAS);
  }

  /**
   * The same with payloads in a test's hand.
   *
   * @param payloads knows what kinds demand of content
   */
  public static TestStore create(
      Path directory, Clock clock, RandomBytes random, PayloadCheck payloads) {
    StoreCreation.init(options(directory), false);
    return open(directory, clock, random, payloads);
  }

  /** Opens the store that {@link #create} made, with payloads in a test's hand. */
  public static TestStore open(
      Path directory, Clock clock, RandomBytes random, PayloadCheck payloads) {
    StoreOptions options = options(directory);
    try {
      return new TestStore(
          OpenStore.open(
              options,
              new LocalDisk(options.dataDirectory()),
              payloads,
              JobSettings.DEFAULT,
              clock,
              random));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens the store that {@link #create} made, over a disk that does what a test wants.
   *
   * @param decorate makes it of the real one
   */
  public static TestStore open(
      Path directory, Clock clock, JobSettings jobs, UnaryOperator<Disk> decorate) {
    StoreOptions options = options(directory);
    try {
      Disk disk = decorate.apply(new LocalDisk(options.dataDirectory()));
      return new TestStore(
          OpenStore.open(
              options, disk, PayloadCheck.OF_SCHEMAS, jobs, clock, RandomBytes.secure()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StoreOptions options(Path directory) {
    return new StoreOptions(
        directory.resolve("data"),
        Name.DEFAULT_NAMESPACE,
        directory.resolve("config"),
        directory.resolve("state"),
        new RootKeySettings.KeyFile(Optional.empty()),
        Optional.empty());
  }

  /** Verifies the tokens that this store mints. */
  public TokenVerifier tokenVerifier() {
    return store.tokenVerifier();
  }

  /** The token in the admin's file. */
  public String adminToken() {
    return store.adminToken();
  }

  public Engine engine() {
    return store.engine();
  }

  @Override
  public void close() {
    store.close();
  }
}
