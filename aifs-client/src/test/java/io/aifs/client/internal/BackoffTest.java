package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.ClientOptions.Retries;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Retries RETRIES =
      new Retries(6, Duration.ofMillis(100), Duration.ofMillis(1_000));
  private static final Duration LONG = Duration.ofHours(1);

  private final TestSurroundings surroundings = new TestSurroundings();

  @Test
  void delaysDoubleUpToTheirMaximumAndThenTheAttemptsAreUsedUp() throws InterruptedException {
    Backoff backoff = new Backoff(RETRIES, surroundings.surroundings());
    for (int attempt = 1; attempt < 6; attempt++) {
      assertThat(backoff.awaitNext(passing(0), LONG)).isTrue();
    }
    assertThat(backoff.awaitNext(passing(0), LONG)).isFalse();
    assertThat(surroundings.sleeps()).containsExactly(millis(100, 200, 400, 800, 1_000));
  }

  @Test
  void delaysAreSpreadOverTheirUpperHalf() throws InterruptedException {
    Random random = Seeded.random();
    List<Duration> sleeps = new ArrayList<>();
    Surroundings seeded = new Surroundings(() -> "", random, sleeps::add);
    for (int i = 0; i < 200; i++) {
      assertThat(new Backoff(RETRIES, seeded).awaitNext(passing(0), LONG)).isTrue();
    }
    assertThat(sleeps).allMatch(d -> d.toMillis() >= 50 && d.toMillis() <= 100);
    assertThat(sleeps).anyMatch(d -> d.toMillis() < 60).anyMatch(d -> d.toMillis() > 90);
  }

  @Test
  void aLastingFailureIsNotTriedAgain() throws InterruptedException {
    Backoff backoff = new Backoff(RETRIES, surroundings.surroundings());
    assertThat(backoff.awaitNext(Failure.lasting(exception()), LONG)).isFalse();
    assertThat(surroundings.sleeps()).isEmpty();
  }

  @Test
  void theServersWishIsHonouredWithJitterOnTop() throws InterruptedException {
    Backoff backoff = new Backoff(RETRIES, surroundings.surroundings());
    assertThat(backoff.awaitNext(passing(3_000), LONG)).isTrue();
    assertThat(surroundings.sleeps()).containsExactly(Duration.ofMillis(3_100));
  }

  @Test
  void whatWouldComeTooLateIsNotTried() throws InterruptedException {
    Backoff backoff = new Backoff(RETRIES, surroundings.surroundings());
    assertThat(backoff.awaitNext(passing(3_000), Duration.ofSeconds(3))).isFalse();
    assertThat(surroundings.sleeps()).isEmpty();
  }

  @Test
  void progressMakesTheNextFailureAFirstOne() throws InterruptedException {
    Backoff backoff = new Backoff(RETRIES, surroundings.surroundings());
    assertThat(backoff.awaitNext(passing(0), LONG)).isTrue();
    assertThat(backoff.awaitNext(passing(0), LONG)).isTrue();
    backoff.reset();
    assertThat(backoff.awaitNext(passing(0), LONG)).isTrue();
    assertThat(surroundings.sleeps()).containsExactly(millis(100, 200, 100));
  }

  private static Duration[] millis(long... values) {
    return java.util.Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  private static Failure passing(long retryAfterMillis) {
    return new Failure(exception(), true, Duration.ofMillis(retryAfterMillis));
  }

  private static AifsException exception() {
    return new AifsException.Unavailable(Reason.SERVER_UNAVAILABLE, "away", "", null);
  }
}
