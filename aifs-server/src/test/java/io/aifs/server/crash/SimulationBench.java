package io.aifs.server.crash;

import io.aifs.crypto.RandomBytes;
import io.aifs.server.SimulatedStore;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs seeds, one after the other, in a directory that is deleted at the end: in memory where there
 * is such a file system. What is the same for all seeds is made once. Not thread-safe.
 */
final class SimulationBench implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Instant BEGIN = Instant.parse("2026-11-25T12:00:00Z");

  private final Path directory;
  private final Path catalogFile;
  private final SimulatedStore.Identity identity;
  private final CatalogImage emptyCatalog;

  SimulationBench() throws IOException {
    directory =
        Files.isWritable(MEMORY)
            ? Files.createTempDirectory(MEMORY, "aifs-crash-")
            : Files.createTempDirectory("aifs-crash-");
    catalogFile = directory.resolve("catalog.db");
    Random random = new Random(1);
    RandomBytes bytes = random::nextBytes;
    identity = SimulatedStore.Identity.create(directory, bytes, Clock.fixed(BEGIN, ZoneOffset.UTC));
    try (Catalog catalog = SqliteCatalog.open(catalogFile, SqliteOptions.DEFAULT)) {
      catalog.write(
          writer -> {
            writer.setStoreId(identity.storeId());
            return true;
          });
    }
    emptyCatalog = CatalogImage.read(catalogFile);
  }

  /** Runs a seed over a sound store. */
  void run(long seed) throws IOException {
    run(seed, false, () -> Plant.NONE);
  }

  /**
   * Runs a seed and returns its trace.
   *
   * @param plants a bug for each start of the store
   */
  List<String> run(long seed, boolean tracing, Supplier<Plant> plants) throws IOException {
    emptyCatalog.write(catalogFile);
    CrashSimulation simulation =
        new CrashSimulation(seed, identity, catalogFile, new SteadyClock(BEGIN), tracing, plants);
    try {
      simulation.run();
      return simulation.trace();
    } catch (RuntimeException | IOException | Error e) {
      throw new SeedFailure(seed, simulation.trace(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
