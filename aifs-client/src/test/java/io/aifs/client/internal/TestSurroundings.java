package io.aifs.client.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Request ids that count up, jitter that is always the most, and sleeps that only are noted. */
final class TestSurroundings {
  private static final RandomGenerator MOST_JITTER =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final AtomicLong ids = new AtomicLong();
  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

  Surroundings surroundings() {
    return new Surroundings(
        () -> "%032x".formatted(ids.incrementAndGet()), MOST_JITTER, sleeps::add);
  }

  /** How long each pause between two attempts should have been. */
  List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
