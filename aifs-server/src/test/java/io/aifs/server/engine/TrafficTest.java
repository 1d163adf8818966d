package io.aifs.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final long MILLI = 1_000_000;

  private long nanos = 5;
  private long restedNanos;
  private final Traffic traffic =
      new Traffic(
          () -> nanos,
          rest -> {
            restedNanos += rest;
            nanos += rest;
          });

  @Test
  void nobodyRestsWithoutTraffic() {
    work(100);
    assertThat(restedNanos).isZero();
  }

  @Test
  void besideTrafficFourFifthsOfTheTimeIsRest() {
    traffic.noted();
    work(10);
    assertThat(restedNanos).isEqualTo(40 * MILLI);
  }

  @Test
  void trafficIsOverAQuarterOfASecondAfterTheLastMessage() {
    traffic.noted();
    work(1_000);
    assertThat(restedNanos).isEqualTo(200 * MILLI);
    traffic.noted();
    work(1);
    assertThat(restedNanos).isEqualTo(204 * MILLI);
  }

  @Test
  void aLongStretchOfWorkIsNotFollowedByAnEndlessRest() {
    nanos += 60_000 * MILLI;
    traffic.noted();
    traffic.step();
    assertThat(restedNanos).isEqualTo(200 * MILLI);
  }

  @Test
  void shortStepsAreAddedUp() {
    traffic.noted();
    for (int i = 0; i < 100; i++) {
      nanos += MILLI / 100;
      traffic.step();
    }
    assertThat(restedNanos).isEqualTo(4 * MILLI);
  }

  private void work(int millis) {
    for (int i = 0; i < millis; i++) {
      nanos += MILLI;
      traffic.step();
    }
  }
}
