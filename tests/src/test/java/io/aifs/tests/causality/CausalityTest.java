package io.aifs.tests.causality;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.core.AifsException;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.TestSizes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No reader ever sees a child before its parent: many writers and readers on a real server that is
 * killed now and then. The full size sees a million pairs of child and parent.
 */
class CausalityTest {
  static final int WRITERS = 3;
  private static final int READERS = 3;
  private static final int LIVES = TestSizes.pick(3, 20);
  private static final int OBSERVATIONS = TestSizes.pick(20_000, 1_000_000);

  @TempDir Path temporary;

  @Test
  void nobodySeesAChildBeforeItsParent() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          FamilyBook book = new FamilyBook();
          AtomicLong observations = new AtomicLong();
          FamilyFollower follower = new FamilyFollower(book, observations);
          for (int life = 1; life <= LIVES; life++) {
            try (ServerProcess server = ServerProcess.start(store, 512)) {
              new Life(random.split(), server, book, follower, observations)
                  .runUntil((long) OBSERVATIONS * life / LIVES);
            }
            store.requireClean();
          }
          System.out.println("pairs of child and parent seen: " + observations);
          assertThat(observations.get()).isGreaterThanOrEqualTo(OBSERVATIONS);
        });
  }

  /** From a start of the server to its kill. */
  private static final class Life {
    private final SplittableRandom random;
    private final ServerProcess server;
    private final FamilyBook book;
    private final FamilyFollower follower;
    private final AtomicLong observations;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    Life(
        SplittableRandom random,
        ServerProcess server,
        FamilyBook book,
        FamilyFollower follower,
        AtomicLong observations) {
      this.follower = follower;
      this.random = random;
      this.server = server;
      this.book = book;
      this.observations = observations;
    }

    /** Returns when the server is dead, which it is once so much was seen or something failed. */
    void runUntil(long enough) throws InterruptedException {
      List<Thread> threads = new ArrayList<>();
      try (AifsClient client =
          AifsClients.connect(server.clientOptions().withRetries(Retries.NONE))) {
        for (int i = 0; i < WRITERS; i++) {
          FamilyWriter writer = new FamilyWriter(book, client, random.split(), "writer-" + i);
          threads.add(start(writer::step));
        }
        for (int i = 0; i < READERS; i++) {
          FamilyReader reader = new FamilyReader(book, client, random.split(), observations);
          threads.add(
              start(
                  () -> {
                    reader.look();
                    if (observations.get() >= enough) {
                      end();
                    }
                  }));
        }
        threads.add(start(() -> follower.follow(client)));
        for (Thread thread : threads) {
          thread.join();
        }
      }
      failures.forEach(
          failure -> {
            throw new AssertionError("a writer or reader failed", failure);
          });
    }

    private Thread start(Runnable step) {
      return Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (!over.get()) {
                    step.run();
                  }
                } catch (AifsException.Unavailable e) {
                  if (!over.get()) {
                    fail(e);
                  }
                } catch (Throwable e) { // assertion errors above all
                  fail(e);
                }
              });
    }

    private void fail(Throwable failure) {
      failures.add(failure);
      end();
    }

    /** Kills the server amid whatever the others do. */
    private void end() {
      if (over.compareAndSet(false, true)) {
        follower.stop();
        server.kill();
      }
    }
  }
}
