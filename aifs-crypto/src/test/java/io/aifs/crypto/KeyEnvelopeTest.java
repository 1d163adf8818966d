package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyEnvelopeTest {
  private static final byte[] KEY = Fixture.range(1, 32);
  private static final byte[] SECRET = Fixture.range(100, 32);
  private static final byte[] CONTEXT = {1, 2, 3};

  private final KeyEnvelope envelope = new KeyEnvelope(RandomBytes.secure());

  @Test
  void aSecretComesBackAndEverySealIsNew() throws Exception {
    byte[] sealed = envelope.seal(KEY, SECRET, CONTEXT);

    assertThat(sealed).hasSize(SECRET.length + KeyEnvelope.OVERHEAD_BYTES);
    assertThat(KeyEnvelope.open(KEY, sealed, CONTEXT)).isEqualTo(SECRET);
    assertThat(envelope.seal(KEY, SECRET, CONTEXT)).isNotEqualTo(sealed);
  }

  @Test
  void anyChangeIsNoticed() {
    byte[] sealed = envelope.seal(KEY, SECRET, CONTEXT);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> KeyEnvelope.open(KEY, changed, CONTEXT))
          .isInstanceOf(SealBrokenException.class);
    }
    assertThatThrownBy(() -> KeyEnvelope.open(KEY, sealed, new byte[] {1, 2, 4}))
        .isInstanceOf(SealBrokenException.class);
    assertThatThrownBy(() -> KeyEnvelope.open(Fixture.range(2, 32), sealed, CONTEXT))
        .isInstanceOf(SealBrokenException.class);
    assertThatThrownBy(() -> KeyEnvelope.open(KEY, Arrays.copyOf(sealed, 27), CONTEXT))
        .isInstanceOf(SealBrokenException.class);
  }
}
