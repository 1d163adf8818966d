package io.aifs.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PinsTest {
  private final Pins pins = new Pins();

  @Test
  void pinHoldsTheEpochsAfterIt() {
    Pins.Pin old = pins.open();
    long epoch = pins.advance();
    Pins.Pin later = pins.open();
    assertThat(pins.awaitClosed(epoch, Duration.ZERO)).isEqualTo(1);
    old.close();
    assertThat(pins.awaitClosed(epoch, Duration.ZERO)).isZero();
    assertThat(pins.awaitClosed(pins.advance(), Duration.ZERO)).isEqualTo(1);
    later.close();
  }

  @Test
  void closingTwiceClosesNoOther() {
    Pins.Pin one = pins.open();
    Pins.Pin other = pins.open();
    long epoch = pins.advance();
    one.close();
    one.close();
    assertThat(pins.awaitClosed(epoch, Duration.ZERO)).isEqualTo(1);
    other.close();
    assertThat(pins.awaitClosed(epoch, Duration.ZERO)).isZero();
  }

  @Test
  void whoWaitsGoesOnWhenTheLastOneCloses() throws InterruptedException {
    Pins.Pin pin = pins.open();
    long epoch = pins.advance();
    Thread closer = Thread.ofPlatform().start(pin::close);
    assertThat(pins.awaitClosed(epoch, Duration.ofMinutes(10))).isZero();
    closer.join();
  }
}
