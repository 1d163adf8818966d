package io.aifs.server.pack;

import static io.aifs.server.pack.TestRecords.ids;
import static io.aifs.server.pack.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class GroupSyncTest {
  private static final int CALLERS = 8;

  private final TestPacks packs = new TestPacks();
  private final List<FutureTask<Boolean>> calls = new ArrayList<>();
  private final CountDownLatch leaderIsSyncing = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @Test
  void callersThatComeDuringASyncShareTheNextOne() throws Exception {
    try (PackStore store = packs.open()) {
      startLeaderAndFollowers(store);
      go.countDown();
      for (FutureTask<Boolean> call : calls) {
        assertThat(call.get()).isTrue();
      }
      assertThat(packs.disk.syncs()).isEqualTo(2);
      assertThat(store.missing(ids(records(0, CALLERS)))).isEmpty();
    }
  }

  @Test
  void everyCallerOfAFailedSyncHearsOfIt() throws Exception {
    try (PackStore store = packs.open()) {
      startLeaderAndFollowers(store);
      packs.disk.failSyncs(1);
      go.countDown();
      for (FutureTask<Boolean> call : calls) {
        assertThat(call.get()).isFalse();
      }
      assertThat(store.missing(ids(records(0, CALLERS)))).hasSize(CALLERS);
      store.append(records(0, CALLERS));
      packs.commit(store, store.sync());
      assertThat(store.missing(ids(records(0, CALLERS)))).isEmpty();
    }
  }

  /** One caller is held in the middle of its sync until all others wait for it. */
  private void startLeaderAndFollowers(PackStore store) throws InterruptedException {
    packs.disk.duringSync(
        () -> {
          leaderIsSyncing.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    start(store, 0);
    leaderIsSyncing.await();
    for (int caller = 1; caller < CALLERS; caller++) {
      Thread follower = start(store, caller);
      while (follower.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private Thread start(PackStore store, int caller) {
    FutureTask<Boolean> call =
        new FutureTask<>(
            () -> {
              store.append(records(caller, 1));
              try {
                return !store.sync().isEmpty();
              } catch (IOException _) {
                return false;
              }
            });
    calls.add(call);
    return Thread.ofPlatform().daemon().start(call);
  }

  @Test
  void uncontendedSyncsOfNothingNewTouchNoDisk() throws IOException, ExecutionException {
    try (PackStore store = packs.open()) {
      store.append(records(0, 1));
      packs.commit(store, store.sync());
      assertThat(store.sync()).isEmpty();
      store.append(records(0, 1));
      assertThat(store.sync()).isEmpty();
      assertThat(packs.disk.syncs()).isEqualTo(1);
    }
  }

  @Test
  void recordingAnEarlierSyncDoesNotCoverALaterOne() throws IOException {
    try (PackStore store = packs.open()) {
      store.append(records(0, 1));
      List<LivePack> earlier = store.sync();
      store.append(records(1, 1));
      List<LivePack> later = store.sync();
      assertThat(later.getFirst().syncedBytes()).isGreaterThan(earlier.getFirst().syncedBytes());
      store.recorded(earlier);
      assertThat(store.sync()).isEqualTo(later);
      List<LivePack> sealed = store.seal();
      assertThat(sealed.getFirst().sealed()).isTrue();
      store.recorded(later);
      assertThat(store.sync()).isEqualTo(sealed);
      store.recorded(sealed);
      store.recorded(earlier);
      assertThat(store.sync()).isEmpty();
    }
  }
}
