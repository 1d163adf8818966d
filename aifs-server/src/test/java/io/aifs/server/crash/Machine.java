package io.aifs.server.crash;

import io.aifs.crypto.RandomBytes;
import io.aifs.server.SimulatedStore;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.file.PowerCutException;
import io.aifs.server.file.RecordingDisk;
import io.aifs.server.file.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A simulated machine with a store on it: started, stopped, and losing its power. */
final class Machine {
  private final SimulatedStore.Identity identity;
  private final Path catalogFile;
  private final Timeline timeline;
  private final Random random;
  private final Clock clock;
  private final RandomBytes randomBytes;
  private final Supplier<Plant> plants;
  private RecordingDisk disk;
  private @Nullable CutCatalog catalog;
  private @Nullable SimulatedStore store;

  /**
   * @param catalogFile where an empty catalog of this store lies
   * @param random draws what power cuts leave
   */
  Machine(
      SimulatedStore.Identity identity,
      Path catalogFile,
      Timeline timeline,
      Random random,
      Clock clock,
      Supplier<Plant> plants) {
    this.identity = identity;
    this.catalogFile = catalogFile;
    this.timeline = timeline;
    this.random = random;
    this.clock = clock;
    Random keys = new Random(random.nextLong());
    this.randomBytes = keys::nextBytes;
    this.plants = plants;
    this.disk = new RecordingDisk(timeline, random);
  }

  /** Starts the store; the power may go off meanwhile. */
  void start() throws PowerCutException {
    timeline.note(() -> "start");
    TreeNodes trees = new TreeNodes();
    CutCatalog opened = CutCatalog.open(catalogFile, timeline, random, trees);
    catalog = opened;
    Plant plant = plants.get();
    store =
        SimulatedStore.open(
            identity, plant.disk(disk), plant.catalog(opened, disk), trees, clock, randomBytes);
  }

  Engine engine() {
    return running().engine();
  }

  private SimulatedStore running() {
    if (store == null) {
      throw new IllegalStateException("the store is not running");
    }
    return store;
  }

  /** Ends the store as a user would; the power may go off meanwhile. */
  void stop() {
    timeline.note(() -> "stop");
    running().close();
    store = null;
    catalog = null;
  }

  /** After the power went off: keeps what is left of disk and catalog, and turns it on again. */
  void recover() throws IOException {
    CatalogImage left = catalog == null ? CatalogImage.read(catalogFile) : catalog.left();
    letGo();
    left.write(catalogFile);
    disk = disk.survivor();
    timeline.powerOn();
  }

  /** While the store is not running: loses the catalog, and makes it anew from packs and keys. */
  void rebuildCatalog() throws IOException {
    timeline.note(() -> "lose the catalog and rebuild it");
    CatalogImage.delete(catalogFile);
    SimulatedStore.rebuild(identity, disk, catalogFile, clock, randomBytes);
  }

  /** Frees what the dead process held. */
  private void letGo() {
    try {
      if (store != null) {
        store.close();
      }
    } catch (RuntimeException _) {
      // it has no power
    } finally {
      if (catalog != null) {
        catalog.close();
      }
      store = null;
      catalog = null;
    }
  }

  /** Frees everything, at the end of a run. */
  void discard() {
    timeline.powerOff();
    letGo();
  }
}
