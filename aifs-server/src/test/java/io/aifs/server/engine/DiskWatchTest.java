package io.aifs.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.engine.jobs.Cancellation;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DiskWatchTest {
  private static final long GIB = 1L << 30;

  private DiskSpace space = new DiskSpace(50 * GIB, 100 * GIB, 0);
  private final AtomicInteger restored = new AtomicInteger();
  private final DiskWatch watch = new DiskWatch(() -> space, restored::incrementAndGet);

  @Test
  void aTwentiethAndAtMostTenGibibytesAreLow() {
    assertThat(new DiskSpace(4 * GIB, 100 * GIB, 0).low()).isTrue();
    assertThat(new DiskSpace(5 * GIB, 100 * GIB, 0).low()).isFalse();
    assertThat(new DiskSpace(10 * GIB, 9_000 * GIB, 0).low()).isFalse();
    assertThatThrownBy(() -> new DiskSpace(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void enoughSpaceIsAGoodTurnAndBringsTheReserveBack() throws IOException {
    assertThat(watch.run(new Cancellation())).contains("bytes are free");
    assertThat(restored).hasValue(1);
  }

  @Test
  void littleSpaceIsTheJobsError() {
    space = new DiskSpace(GIB, 100 * GIB, 0);
    assertThatThrownBy(() -> watch.run(new Cancellation()))
        .isInstanceOfSatisfying(
            AifsException.LimitExceeded.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.DISK_FULL);
              assertThat(e.hint()).contains("free space");
            });
  }
}
