package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Digest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of ids. */
class IdRangeTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999_999, 1_000_000, 5_000_000, 10_000_000_000L})
  void rangesMeetAndHoldEveryId(long rows) {
    List<IdRange> ranges = IdRange.split(rows);

    assertThat(ranges.getFirst().first()).containsExactly(0);
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).first()).isEqualTo(ranges.get(i - 1).end());
    }
    byte[] highest = Digest.parse("f".repeat(64)).toBytes();
    assertThat(Arrays.compareUnsigned(ranges.getLast().end(), highest)).isPositive();
  }

  @Test
  void moreRowsMeanMoreRanges() {
    assertThat(IdRange.split(0)).hasSize(1);
    assertThat(IdRange.split(10_000_000)).hasSizeGreaterThan(10);
    assertThat(IdRange.split(Long.MAX_VALUE / 2)).hasSize(256);
  }
}
