package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UploadTurnsTest {
  private static final int TURNS = 3;

  @Test
  void noMoreThanThereAreTurnsAreTakenAtOnceAndAllGetOne() throws Exception {
    UploadTurns turns = new UploadTurns(TURNS);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(TURNS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        var _ =
            threads.submit(
                () -> {
                  try (UploadTurns.Turn _ = turns.take()) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    full.countDown();
                    full.await(); // until so many are inside
                    inside.decrementAndGet();
                    done.incrementAndGet();
                  }
                  return null;
                });
      }
    }
    assertThat(most).hasValue(TURNS);
    assertThat(done).hasValue(50);
  }

  @Test
  void thereIsAlwaysOne() throws InterruptedException {
    try (UploadTurns.Turn turn = UploadTurns.fittingTheHeap().take()) {
      assertThat(turn).isNotNull();
    }
  }
}
