package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.NumberPlace;
import io.aifs.core.chunk.NumberRegion;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ChunkRules;
import io.aifs.schemas.layout.Layouts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UploadRulesTest {
  private static final ChunkRules OLD =
      ChunkRules.newBuilder()
          .setBytesMin(16 << 10)
          .setBytesTarget(64 << 10)
          .setBytesMax(256 << 10)
          .build();
  private static final ChunkRules NEW =
      OLD.toBuilder().setAtTensors(true).addCodecs(34).addCodecs(36).addCodecs(40).build();

  /** A chunk of float32 numbers, of which zstd alone makes nothing. */
  private static WindowReader.Piece weights(Optional<NumberPlace> place) {
    Random random = Seeded.random();
    ByteBuffer bytes = ByteBuffer.allocate(64 << 10).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) (random.nextGaussian() * 0.02));
    }
    byte[] all = bytes.array();
    return new WindowReader.Piece(Digest.of(all), all, 0, all.length, place);
  }

  private static Optional<NumberPlace> at(int width) {
    return Optional.of(new NumberPlace(new NumberRegion("", 0, 1 << 20, width), 0));
  }

  private static Codec codec(ChunkRules rules, Optional<NumberPlace> place) {
    try (ChunkCompressor compressor = new ChunkCompressor()) {
      return UploadRules.of(rules).compress(compressor, weights(place)).codec();
    }
  }

  @Test
  void numbersAreSentInPlanesToAServerThatTakesThem() {
    assertThat(codec(NEW, at(4))).isEqualTo(Codec.PLANES_4);
  }

  @Test
  void otherContentIsNotSentInPlanes() {
    assertThat(codec(NEW, Optional.empty())).isIn(Codec.STORED, Codec.ZSTD);
    assertThat(codec(NEW, at(1))).isIn(Codec.STORED, Codec.ZSTD);
  }

  @Test
  void anOlderServerGetsWhatItTakes() {
    assertThat(codec(OLD, at(4))).isIn(Codec.STORED, Codec.ZSTD);
    assertThat(codec(OLD.toBuilder().addCodecs(34).build(), at(4))).isIn(Codec.STORED, Codec.ZSTD);
  }

  @Test
  void contentIsCutAtTensorsOnlyIfTheServerSaysSo() {
    assertThat(UploadRules.of(OLD).finder()).isSameAs(RegionFinder.NONE);
    assertThat(UploadRules.of(NEW).finder()).isSameAs(Layouts.REGIONS);
  }
}
