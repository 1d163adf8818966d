package io.aifs.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FormatFileTest {
  private static final FormatFile FORMAT =
      new FormatFile(
          "00112233445566778899aabbccddeeff",
          Instant.parse("2026-11-21T10:00:00Z"),
          true,
          "0123456789abcdef");

  @Test
  void readsWhatItWrites() {
    assertThat(FormatFile.parse(FORMAT.encode())).isEqualTo(FORMAT);
    assertThat(new String(FORMAT.encode(), UTF_8))
        .startsWith(
            """
            aifs-store 1
            store-id 00112233445566778899aabbccddeeff
            created-at 2026-11-21T10:00:00Z
            state complete
            root-key-check 0123456789abcdef
            checksum \
            """);
  }

  @Test
  void everyFlippedBitIsNamedAsDamage() {
    byte[] bytes = FORMAT.encode();
    for (int i = 0; i < bytes.length * 8; i++) {
      byte[] flipped = bytes.clone();
      flipped[i / 8] ^= (byte) (1 << (i % 8));
      assertThatThrownBy(() -> FormatFile.parse(flipped))
          .as("bit %d", i)
          .isInstanceOfSatisfying(
              AifsException.Corrupt.class,
              damage -> assertThat(damage.reason()).isEqualTo(Reason.FORMAT_FILE_DAMAGED));
    }
  }

  @Test
  void everyTruncationIsNamedAsDamage() {
    String text = new String(FORMAT.encode(), UTF_8);
    for (int length = 0; length < text.length(); length++) {
      byte[] cut = text.substring(0, length).getBytes(UTF_8);
      assertThatThrownBy(() -> FormatFile.parse(cut)).isInstanceOf(AifsException.Corrupt.class);
    }
  }

  @Test
  void aLaterVersionIsRefusedByName() {
    String body =
        new String(FORMAT.encode(), UTF_8)
            .replaceAll("(?s)checksum.*", "")
            .replace("aifs-store 1", "aifs-store 2");
    byte[] later =
        (body + "checksum " + Digest.of(body.getBytes(UTF_8)).hex() + "\n").getBytes(UTF_8);
    assertThatThrownBy(() -> FormatFile.parse(later))
        .isInstanceOf(AifsException.Unsupported.class)
        .hasMessageContaining("version 2");
  }
}
