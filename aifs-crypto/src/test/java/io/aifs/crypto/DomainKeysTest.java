package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DomainKeysTest {
  @Test
  void theHighestEpochIsCurrent() {
    assertThat(Fixture.KEYS.currentEpoch()).isEqualTo(3);
    assertThat(Fixture.KEYS.domain()).isEqualTo(Fixture.DOMAIN);
  }

  @Test
  void storedIdsDifferByTypeAndByKey() {
    Digest plain = Digest.of(Fixture.CONTENT);
    DomainKeys other =
        DomainKeys.of(Fixture.DOMAIN, Map.of(1, Fixture.EPOCH_KEY), Fixture.range(0x61, 32));

    assertThat(Fixture.KEYS.storedId(RecordType.CHUNK, plain).toBytes())
        .isEqualTo(Blake3.keyedHash(Fixture.range(0x60, 32), plain.toBytes()));
    assertThat(Fixture.KEYS.storedId(RecordType.CHUNK, plain))
        .isNotEqualTo(Fixture.KEYS.storedId(RecordType.MANIFEST_PAGE, plain))
        .isNotEqualTo(other.storedId(RecordType.CHUNK, plain));
  }

  @Test
  void keysAreCopiedAndNeverShown() {
    byte[] epochKey = Fixture.EPOCH_KEY.clone();
    byte[] chunkIdKey = Fixture.range(0x60, 32);
    DomainKeys keys = DomainKeys.of(Fixture.DOMAIN, Map.of(1, epochKey), chunkIdKey);
    Digest before = keys.storedId(RecordType.CHUNK, Digest.of(Fixture.CONTENT));
    chunkIdKey[0]++;

    assertThat(keys.storedId(RecordType.CHUNK, Digest.of(Fixture.CONTENT))).isEqualTo(before);
    assertThat(keys.toString())
        .contains(Fixture.DOMAIN.hex())
        .doesNotContain(HexFormat.of().formatHex(epochKey).substring(0, 8))
        .doesNotContain("64, 65");
  }

  @Test
  void wrongKeysAreRefused() {
    byte[] key = Fixture.EPOCH_KEY;
    assertThatThrownBy(() -> DomainKeys.of(Fixture.DOMAIN, Map.of(), key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DomainKeys.of(Fixture.DOMAIN, Map.of(0, key), key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DomainKeys.of(Fixture.DOMAIN, Map.of(1, new byte[16]), key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DomainKeys.of(Fixture.DOMAIN, Map.of(1, key), new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
