package io.aifs.schemas.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against what the formats define. */
class FloatsTest {
  @Test
  void float8OfThreeFractionBits() {
    for (int bits = 0; bits < 128; bits++) {
      int exponent = bits >> 3;
      double value =
          exponent == 0
              ? Math.pow(2, -6) * (bits & 7) / 8
              : Math.pow(2, exponent - 7) * (1 + (bits & 7) / 8.0);
      if (bits == 0x7f) {
        value = Double.NaN;
      }
      assertThat((double) Floats.ofFloat8E4m3((byte) bits)).isEqualTo(Double.valueOf(value));
      assertThat((double) Floats.ofFloat8E4m3((byte) (bits | 0x80)))
          .isEqualTo(Double.valueOf(-value));
    }
    assertThat(Floats.ofFloat8E4m3((byte) 0x7e)).isEqualTo(448);
  }

  @Test
  void float8OfTwoFractionBits() {
    assertThat(Floats.ofFloat8E5m2((byte) 0x3c)).isEqualTo(1);
    assertThat(Floats.ofFloat8E5m2((byte) 0x7b)).isEqualTo(57_344);
    assertThat(Floats.ofFloat8E5m2((byte) 0xfc)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Floats.ofFloat8E5m2((byte) 0x01)).isEqualTo(0x1p-16f);
    assertThat(Floats.ofFloat8E5m2((byte) 0x7d)).isNaN();
  }

  @Test
  void halvesOfFloats() {
    assertThat(Floats.ofBfloat16((short) 0x3f80)).isEqualTo(1);
    assertThat(Floats.ofBfloat16((short) 0xff80)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Floats.ofFloat16((short) 0x3c00)).isEqualTo(1);
    assertThat(Floats.ofFloat16((short) 0x0001)).isEqualTo(0x1p-24f);
  }
}
