package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.CollectionReport;
import io.aifs.server.engine.CollectionStep;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.file.MemoryDisk;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collection gives back, keeps, waits for and refuses. */
class CollectionServiceTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);

  @TempDir Path directory;
  private final MemoryDisk disk = new MemoryDisk();
  private final Random random = new Random(3);
  private CollectedStore store;
  private NamespaceRow space;

  @BeforeEach
  void open() throws IOException {
    reopenAt(NOON);
    space = store.createNamespace("one");
  }

  private void reopenAt(Instant now) throws IOException {
    store = CollectedStore.open(directory, disk, 100_000, random, Clock.fixed(now, ZoneOffset.UTC));
  }

  @AfterEach
  void checkAndClose() throws IOException {
    assertThat(store.damage()).isEmpty();
    store.close();
  }

  private byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return content;
  }

  private Digest put(byte[] content) {
    try (PutSession session = begin()) {
      session.write(content, 0, content.length);
      return session.finish(Optional.empty()).id();
    }
  }

  private PutSession begin() {
    return store.assets.beginPut(
        space, new PutHeader(AssetKind.BLOB, Map.of(), List.of(), new byte[0], Optional.empty()));
  }

  private void delete(Digest id) {
    store.deletes.delete(space, id, true, "test", "", Optional.empty());
  }

  private CollectionReport collect(Duration grace) {
    return store.collections.run(grace, Duration.ZERO, CollectionListener.NONE);
  }

  private long packBytes() {
    return store.catalog.read(reader -> reader.ledger().packs()).stream()
        .mapToLong(LivePack::syncedBytes)
        .sum();
  }

  /** What is deleted is given back: of its bytes at least 95 of 100. */
  private void requireGivenBack(long bytesBefore, long deletedBytes) {
    CollectionReport report = collect(Duration.ZERO);
    assertThat((bytesBefore - packBytes()) * 100).isGreaterThanOrEqualTo(deletedBytes * 95);
    assertThat(report.pendingBytes() * 20).isLessThanOrEqualTo(deletedBytes);
    long freed = bytesBefore - packBytes();
    assertThat(report.freedBytes()).isBetween(freed, freed + freed / 20); // packs were sealed first
  }

  @Test
  void wholeAssetsGiveTheirSpaceBack() {
    put(content(300_000));
    long kept = packBytes();
    Digest deleted = put(content(2_000_000));
    long all = packBytes();
    delete(deleted);
    requireGivenBack(all, all - kept);
  }

  @Test
  void everySecondSmallFileGivesItsSpaceBack() {
    List<Digest> ids = new ArrayList<>();
    long deletedBytes = 0;
    for (int batch = 0; batch < 20; batch++) {
      List<FilePut> files = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        byte[] content = content(200 + random.nextInt(300));
        ids.add(Digest.of(content));
        files.add(
            new FilePut(
                new TreePath("f" + batch + "/" + i),
                new FilePut.What.Data(content),
                FileAttributes.PLAIN_FILE,
                AssetKind.BLOB,
                Map.of(),
                List.of()));
      }
      store.files.put(space, Name.MAIN_BRANCH, files, Optional.empty());
    }
    for (int i = 0; i < ids.size(); i += 2) {
      deletedBytes += store.assets.open(space, ids.get(i)).info().size();
      delete(ids.get(i));
    }
    requireGivenBack(packBytes(), deletedBytes);
  }

  @Test
  void largeFilesThatShareChunksGiveBackWhatTheyDoNotShare() {
    byte[] shared = content(500_000);
    put(shared);
    List<Digest> versions = new ArrayList<>();
    long before = packBytes();
    for (int version = 0; version < 5; version++) {
      byte[] edited = shared.clone();
      byte[] own = content(60_000);
      System.arraycopy(own, 0, edited, version * 80_000, own.length);
      versions.add(put(edited));
    }
    long all = packBytes();
    versions.forEach(this::delete);
    requireGivenBack(all, all - before);
  }

  @Test
  void nothingIsDeletedBeforeTheGracePeriodIsOver() throws IOException {
    Digest id = put(content(50_000));
    long all = packBytes();
    delete(id);
    CollectionReport report = collect(DAY);
    assertThat(report.condemnedRecords()).isPositive();
    assertThat(report.pendingBytes()).isPositive();
    assertThat(packBytes()).isGreaterThanOrEqualTo(all);
    assertThat(store.collections.space().condemnedUntil()).contains(NOON.plus(DAY));
    assertThat(collect(DAY).condemnedRecords()).isZero();
    store.close();
    reopenAt(NOON.plus(DAY));
    assertThat(collect(DAY).freedBytes()).isPositive();
    assertThat(store.collections.space().condemnedBytes()).isZero();
  }

  @Test
  void planSaysHowMuchAndChangesNothing() {
    Digest id = put(content(50_000));
    delete(id);
    CollectionReport plan = store.collections.plan(CollectionListener.NONE);
    assertThat(plan.condemnedRecords()).isPositive().isEqualTo(plan.records());
    assertThat(plan.condemnedBytes()).isGreaterThan(50_000);
    assertThat(store.collections.space().condemnedBytes()).isZero();
    assertThat(put(content(10))).isNotNull();
  }

  @Test
  void uploadKeepsWhatItFoundStored() {
    byte[] content = content(3_000_000);
    delete(put(content));
    try (PutSession session = begin()) {
      session.write(content, 0, 2_500_000); // finds the first chunks stored
      CollectionReport report = collect(Duration.ZERO);
      assertThat(report.openUploads()).isEqualTo(1);
      session.write(content, 2_500_000, 500_000);
      Digest id = session.finish(Optional.empty()).id();
      assertThat(collect(Duration.ZERO).rescuedRecords()).isPositive();
      assertThat(store.read(space, id)).isEqualTo(content);
    }
  }

  @Test
  void undoneRecordsAreFoundByPutsAgain() {
    byte[] content = content(50_000);
    delete(put(content));
    collect(DAY);
    long condemned = packBytes();
    assertThat(store.collections.undo()).isPositive();
    put(content);
    assertThat(packBytes()).isEqualTo(condemned);
    assertThat(store.collections.undo()).isZero();
  }

  @Test
  void deletedAssetComesBackUntilItsContentIsDeleted() {
    byte[] content = content(50_000);
    Digest id = put(content);
    delete(id);
    collect(DAY);
    store.revivals.revive(space, id);
    assertThat(store.read(space, id)).isEqualTo(content);
    assertThatThrownBy(() -> store.revivals.revive(space, id))
        .isInstanceOf(AifsException.Precondition.class)
        .hasMessageContaining("is not deleted");
    delete(id);
    collect(Duration.ZERO);
    assertThatThrownBy(() -> store.revivals.revive(space, id))
        .isInstanceOf(AifsException.Precondition.class)
        .hasMessageContaining("for good");
    assertThatThrownBy(() -> store.revivals.revive(space, Digest.of(new byte[3])))
        .isInstanceOf(AifsException.NotFound.class);
  }

  @Test
  void oneCollectionRunsAtATime() {
    put(content(1_000));
    List<Reason> refused = new ArrayList<>();
    store.collections.run(
        DAY,
        Duration.ZERO,
        (_, _) -> {
          try {
            store.collections.undo();
          } catch (AifsException.Unavailable e) {
            refused.add(e.reason());
          }
        });
    assertThat(refused).isNotEmpty().containsOnly(Reason.STORE_LOCKED);
  }

  @Test
  void collectionThatIsBrokenOffAtAnyStepGoesOnWithTheNext() throws IOException {
    boolean restart = false;
    for (CollectionStep step : CollectionStep.values()) {
      byte[] kept = content(30_000);
      Digest id = put(kept);
      delete(put(content(30_000)));
      try {
        store.collections.run(
            Duration.ZERO,
            Duration.ZERO,
            (reached, _) -> {
              if (reached == step) {
                throw new BrokenOff();
              }
            });
      } catch (BrokenOff _) {
        assertThat(store.read(space, id)).isEqualTo(kept);
      }
      restart = !restart;
      if (restart) {
        store.drop();
        reopenAt(NOON);
      }
      assertThat(store.read(space, id)).isEqualTo(kept);
      assertThat(store.damage()).isEmpty();
    }
    collect(Duration.ZERO);
    collect(Duration.ZERO);
    CollectionReport left = store.collections.plan(CollectionListener.NONE);
    assertThat(left.condemnedRecords()).isZero();
    assertThat(left.pendingBytes()).isZero();
    assertThat(left.orphans()).isZero();
  }

  private static final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void unreadableChunkListStopsTheCollectionAndIsNamed() {
    Digest id = put(content(400_000));
    Digest deleted = put(content(50_000));
    delete(deleted);
    long before = packBytes();
    store.damageChunkList(space, id);
    assertThatThrownBy(() -> collect(Duration.ZERO))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining(id.hex());
    assertThat(packBytes()).isEqualTo(before);
    delete(id);
    collect(Duration.ZERO);
    assertThat(packBytes()).isLessThan(before / 10);
  }

  @Test
  void filesThatNothingNamesAreDeletedInTheSecondRun() throws IOException {
    put(content(1_000));
    store.close();
    try (var file = disk.create("packs/ee/" + "e".repeat(32) + ".pack")) {
      file.append(new byte[700], 0, 700);
    }
    reopenAt(NOON);
    assertThat(store.collections.space().orphanBytes()).isEqualTo(700);
    CollectionReport first = collect(Duration.ZERO);
    assertThat(first.orphans()).isEqualTo(1);
    assertThat(collect(Duration.ZERO).freedBytes()).isEqualTo(700);
    assertThat(store.collections.space().orphanBytes()).isZero();
  }
}
