package io.aifs.server.catalog.sqlite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata as a column. */
class MetadataCodecTest {
  @Test
  void nothingIsNull() throws SQLException {
    assertThat(MetadataCodec.encode(Map.of())).isNull();
    assertThat(MetadataCodec.decode(new byte[0])).isEmpty();
  }

  @Test
  void bytesAreAsTheFormatPageSays() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("b", "é");
    metadata.put("a", "");

    assertThat(MetadataCodec.encode(metadata)).containsExactly(1, 'a', 0, 1, 'b', 2, 0xc3, 0xa9);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 65_536})
  void valuesOfAnyLengthComeBack(int length) throws SQLException {
    Map<String, String> metadata = Map.of("key", "v".repeat(length), "☃", "😀");

    byte[] encoded = requireNonNull(MetadataCodec.encode(metadata));

    assertThat(MetadataCodec.decode(encoded)).isEqualTo(metadata);
  }

  @Test
  void everyCutIsNoticed() {
    byte[] encoded = {1, 'a', 1, 'b'};
    for (int length = 1; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> MetadataCodec.decode(cut)).isInstanceOf(DamagedRowException.class);
    }
  }

  @Test
  void lengthThatNeverEndsIsNoticed() {
    byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};

    assertThatThrownBy(() -> MetadataCodec.decode(endless)).isInstanceOf(DamagedRowException.class);
  }
}
