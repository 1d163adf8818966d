package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdCodecTest {
  private final ZstdCodec codec = new ZstdCodec();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 65_536, 3_000_001})
  void messagesOfAnySizeComeBackAsTheyWere(int count) throws IOException {
    byte[] random = Seeded.bytes(count);
    byte[] repetitive = new byte[count];
    assertThat(decompressed(compressed(random))).isEqualTo(random);
    assertThat(decompressed(compressed(repetitive))).isEqualTo(repetitive);
  }

  @Test
  void messagesAreOrdinaryZstdFrames() throws IOException {
    byte[] message =
        "the same again and again and again".repeat(100).getBytes(StandardCharsets.UTF_8);
    assertThat(compressed(message).length).isLessThan(message.length / 10);
    assertThat(Zstd.decompress(compressed(message), message.length)).isEqualTo(message);
    assertThat(decompressed(Zstd.compress(message, 19))).isEqualTo(message);
  }

  @Test
  void framesThatAskForAVastWindowAreRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer frame = new ZstdOutputStreamNoFinalizer(out, 1)) {
      frame.setLong(27);
      frame.write(new byte[32 << 20]);
    }
    assertThatThrownBy(() -> decompressed(out.toByteArray())).isInstanceOf(IOException.class);
  }

  @Test
  void garbageIsRefused() {
    byte[] garbage = new byte[100];
    new Random(1).nextBytes(garbage);
    assertThatThrownBy(() -> decompressed(garbage)).isInstanceOf(IOException.class);
  }

  @Test
  void registriesKnowWhatTheWireAllows() {
    assertThat(ZstdCodec.compressors().lookupCompressor("zstd")).isInstanceOf(ZstdCodec.class);
    assertThat(ZstdCodec.compressors().lookupCompressor("gzip")).isNotNull();
    assertThat(ZstdCodec.decompressors().getAdvertisedMessageEncodings())
        .containsExactlyInAnyOrder("gzip", "zstd");
    assertThat(ZstdCodec.decompressors().getKnownMessageEncodings()).contains("identity");
  }

  private byte[] compressed(byte[] message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream compressing = codec.compress(out)) {
      compressing.write(message);
    }
    return out.toByteArray();
  }

  private byte[] decompressed(byte[] frame) throws IOException {
    try (InputStream in = codec.decompress(new ByteArrayInputStream(frame))) {
      return in.readAllBytes();
    }
  }
}
