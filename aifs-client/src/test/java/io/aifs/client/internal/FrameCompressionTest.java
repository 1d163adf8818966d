package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.core.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;

class FrameCompressionTest {
  @Test
  void aSampleTellsWhatCompresses() {
    assertThat(FrameSample.compresses(ByteString.copyFrom(new byte[200_000]))).isTrue();
    assertThat(FrameSample.compresses(ByteString.copyFromUtf8("some words ".repeat(100)))).isTrue();
    assertThat(FrameSample.compresses(ByteString.copyFrom(Seeded.bytes(200_000)))).isFalse();
    assertThat(FrameSample.compresses(ByteString.copyFrom(new byte[100]))).isFalse();
    assertThat(FrameSample.compresses(ByteString.EMPTY)).isFalse();
  }

  @Test
  void framesOfAssetsAreCompressedWhereItHelps() throws IOException {
    try (TestServer server = TestServer.overTcp(new FakeAssets())) {
      put(server, Compression.CALLS_AND_DATA);
      assertThat(server.sent(TestServer.ENCODING)).containsExactly("zstd");
      assertThat(server.wireBytes()).hasSize(2);
      assertThat(server.wireBytes().get(0)).isLessThan(1_000);
      assertThat(server.wireBytes().get(1))
          .isBetween((long) Limits.FRAME_BYTES, Limits.FRAME_BYTES + 1_000L);
    }
  }

  @Test
  void framesOfAssetsStayAsTheyAreOnOneMachine() throws IOException {
    try (TestServer server = TestServer.overTcp(new FakeAssets())) {
      put(server, Compression.CALLS);
      assertThat(server.sent(TestServer.ENCODING)).containsExactly("-");
      assertThat(server.wireBytes()).allMatch(bytes -> bytes > Limits.FRAME_BYTES);
    }
  }

  private static void put(TestServer server, Compression compression) {
    Content zerosThenNoise =
        Content.once(
            new SequenceInputStream(
                new ByteArrayInputStream(new byte[Limits.FRAME_BYTES]),
                new ByteArrayInputStream(Seeded.bytes(Limits.FRAME_BYTES))));
    server.clientWithCompression(compression).assets().put(PutOptions.blob(), zerosThenNoise);
  }
}
