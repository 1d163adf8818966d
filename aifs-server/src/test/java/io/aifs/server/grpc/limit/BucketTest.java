package io.aifs.server.grpc.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void givesAllAtOnceAndThenAsMuchAsTimeBringsBack() {
    Bucket bucket = new Bucket(4, SECOND, 0);
    for (int taken = 0; taken < 4; taken++) {
      assertThat(bucket.tryTake(0)).isZero();
    }

    assertThat(bucket.tryTake(0)).isEqualTo(SECOND / 4);
    assertThat(bucket.tryTake(SECOND / 8)).isEqualTo(SECOND / 8);
    assertThat(bucket.tryTake(SECOND / 4)).isZero();
    assertThat(bucket.tryTake(SECOND / 4)).isEqualTo(SECOND / 4);
  }

  @Test
  void neverHoldsMoreThanItsAmount() {
    Bucket bucket = new Bucket(2, SECOND, 0);

    assertThat(bucket.tryTake(100 * SECOND)).isZero();
    assertThat(bucket.tryTake(100 * SECOND)).isZero();
    assertThat(bucket.tryTake(100 * SECOND)).isPositive();
  }

  @Test
  void mayBeOverdrawnAndSaysForHowLong() {
    Bucket bucket = new Bucket(100, SECOND, 0);
    bucket.take(100, 0);
    assertThat(bucket.overdrawnNanos(0)).isZero();

    bucket.take(250, 0);

    assertThat(bucket.overdrawnNanos(0)).isEqualTo(5 * SECOND / 2);
    assertThat(bucket.overdrawnNanos(2 * SECOND)).isEqualTo(SECOND / 2);
    assertThat(bucket.overdrawnNanos(5 * SECOND / 2)).isZero();
    assertThat(bucket.isFull(3 * SECOND)).isFalse();
    assertThat(bucket.isFull(7 * SECOND / 2)).isTrue();
  }

  @Test
  void clockThatWasReadEarlierChangesNothing() {
    Bucket bucket = new Bucket(1, SECOND, SECOND);
    assertThat(bucket.tryTake(SECOND)).isZero();

    assertThat(bucket.tryTake(0)).isEqualTo(SECOND);
  }

  @Test
  void clockMayPassTheLargestNumber() {
    Bucket bucket = new Bucket(1, SECOND, Long.MAX_VALUE);
    assertThat(bucket.tryTake(Long.MAX_VALUE)).isZero();

    assertThat(bucket.tryTake(Long.MIN_VALUE + SECOND)).isZero();
  }
}
