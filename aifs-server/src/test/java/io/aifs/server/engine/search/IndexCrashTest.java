package io.aifs.server.engine.search;

import static io.aifs.server.engine.search.IndexFixture.vector;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.file.RecordingDisk;
import io.aifs.server.file.Timeline;
import io.aifs.vector.LuceneVectorIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Indexes on a disk that loses power at any step, while assets come, change and go; in the end each
 * index holds what the catalog has, and one that was dropped is gone.
 */
class IndexCrashTest {
  private static final int STARTS = 4;
  private static final int OPERATIONS_MAX = 30;
  private static final int STEPS_MAX = 120;
  private static final int ASSETS = 12;

  @TempDir Path directory;
  private int runs;

  @Test
  void exactIndexesAgreeWithTheCatalogAfterAnyCrash() {
    SeededTest.run(25, random -> run(random, (spec, files, _) -> KeptExactIndex.open(spec, files)));
  }

  @Test
  void lucenesIndexesAgreeWithTheCatalogAfterAnyCrash() {
    SeededTest.run(
        12,
        random ->
            run(
                random,
                (spec, files, numbers) ->
                    LuceneVectorIndex.open(
                        spec, files, numbers, new LuceneVectorIndex.Options(2, 16, 64))));
  }

  private void run(SplittableRandom random, IndexFactory factory) throws IOException {
    Timeline timeline = new Timeline(false);
    RecordingDisk disk = new RecordingDisk(timeline, new Random(random.nextLong()));
    Path place = Files.createDirectories(directory.resolve(Integer.toString(runs++)));
    try (IndexFixture store = new IndexFixture(place, factory)) {
      List<SpaceRow> spaces = new ArrayList<>(List.of(store.createSpace("words")));
      Set<SpaceRow> dropped = new HashSet<>();
      for (int start = 0; start < STARTS; start++) {
        if (random.nextInt(4) > 0) {
          timeline.cutIn(1 + random.nextInt(STEPS_MAX));
        }
        try (VectorIndexes indexes = store.indexes(disk)) {
          if (random.nextBoolean()) {
            indexes.start();
          }
          for (int i = random.nextInt(OPERATIONS_MAX); i > 0; i--) {
            act(store, indexes, spaces, dropped, timeline, random);
          }
        }
        disk = disk.survivor();
        timeline.powerOn();
      }
      try (VectorIndexes indexes = store.indexes(disk)) {
        for (SpaceRow space : spaces) {
          if (dropped.contains(space)) {
            requireDropped(store, indexes, space);
          }
          store.assertHoldsCatalog(store.ready(indexes, space), space);
        }
      }
    }
  }

  private static void requireDropped(IndexFixture store, VectorIndexes indexes, SpaceRow space) {
    if (store.view(indexes, space).state() != IndexState.DROPPED) {
      throw new AssertionError("a dropped index is back: " + space);
    }
  }

  private static void act(
      IndexFixture store,
      VectorIndexes indexes,
      List<SpaceRow> spaces,
      Set<SpaceRow> dropped,
      Timeline timeline,
      SplittableRandom random)
      throws IOException {
    SpaceRow space = spaces.get(random.nextInt(spaces.size()));
    int asset = random.nextInt(ASSETS);
    String part = random.nextInt(3) == 0 ? "part" : "";
    switch (random.nextInt(10)) {
      case 0 -> store.deleteAsset(asset);
      case 1 -> store.removeEmbedding(asset, space, part);
      case 2 -> {
        if (spaces.size() < 3) {
          spaces.add(store.createSpace("space" + spaces.size()));
        }
      }
      case 3 -> drop(store, indexes, space, dropped, timeline);
      case 4 -> build(store, indexes, space, dropped, timeline);
      case 5 -> look(store, indexes, space, timeline);
      default -> {
        store.putAsset(store.namespace, asset);
        store.putEmbedding(
            store.namespace,
            asset,
            space,
            part,
            vector(random.nextInt(1_000)),
            random.nextInt(5) == 0);
      }
    }
  }

  /** A cut in the midst of it leaves it open whether it was dropped. */
  private static void drop(
      IndexFixture store,
      VectorIndexes indexes,
      SpaceRow space,
      Set<SpaceRow> dropped,
      Timeline timeline) {
    try {
      indexes.drop(store.namespace, space);
      dropped.add(space);
    } catch (AifsException e) {
      requireCut(timeline, e);
    }
  }

  private static void build(
      IndexFixture store,
      VectorIndexes indexes,
      SpaceRow space,
      Set<SpaceRow> dropped,
      Timeline timeline) {
    try {
      dropped.remove(space);
      var _ = indexes.build(store.namespace, space, (_, _) -> {});
    } catch (AifsException e) {
      requireCut(timeline, e);
    }
  }

  private static void look(
      IndexFixture store, VectorIndexes indexes, SpaceRow space, Timeline timeline)
      throws IOException {
    IndexView view = indexes.view(store.namespace, space, store.newest(), Duration.ofMillis(500));
    if (view.index().isPresent() && view.version() >= store.newest() && timeline.hasPower()) {
      store.assertHoldsCatalog(view, space);
    }
  }

  private static void requireCut(Timeline timeline, AifsException failure) {
    if (timeline.hasPower()) {
      throw failure;
    }
  }
}
