package io.aifs.server.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.Codec;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.testing.SeededTest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordHeaderTest {
  @Test
  void everyHeaderReadsAsWrittenAndNothingShorterDoes() {
    SeededTest.run(
        2_000,
        random -> {
          PackRecord record = record(random);
          RecordHeader header = RecordHeader.of(record);
          byte[] bytes = new byte[3 + header.headerBytes() + random.nextInt(9)];
          RecordForm2.write(header, bytes, 3);
          assertThat(RecordHeader.read(bytes, 3, bytes.length)).isEqualTo(header);
          int cut = 3 + random.nextInt(header.headerBytes());
          assertThat(RecordHeader.read(bytes, 3, cut)).isNull();
        });
  }

  /** A bit that flips is seen, whatever it makes of the lengths. */
  @Test
  void noFlippedBitIsBelieved() {
    SeededTest.run(
        200,
        random -> {
          RecordHeader header = RecordHeader.of(record(random));
          byte[] bytes = new byte[PackFormat.RECORD_HEADER_BYTES_MAX + 8];
          RecordForm2.write(header, bytes, 0);
          for (int bit = 0; bit < 8 * header.headerBytes(); bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(RecordHeader.read(bytes, 0, bytes.length)).as("bit %s", bit).isNull();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
          }
        });
  }

  @Test
  void noiseIsNoHeader() {
    SeededTest.run(
        20,
        random -> {
          byte[] noise = new byte[4_096];
          random.nextBytes(noise);
          for (int at = 0; at < noise.length; at++) {
            assertThat(RecordHeader.read(noise, at, noise.length)).isNull();
          }
        });
  }

  @Test
  void aVarintHasOneFormOnly() {
    byte[] longer = {(byte) 0x81, 0};
    byte[] tooLarge = {-1, -1, -1, -1, 0x0F};
    byte[] unended = {-1, -1};
    assertThat(PackFormat.getVarint(longer, 0, 2)).isNegative();
    assertThat(PackFormat.getVarint(tooLarge, 0, 5)).isNegative();
    assertThat(PackFormat.getVarint(unended, 0, 2)).isNegative();
    for (int value : new int[] {0, 127, 128, 16_383, 16_384, Integer.MAX_VALUE}) {
      byte[] bytes = new byte[5];
      int end = PackFormat.putVarint(bytes, 0, value);
      assertThat(end).isEqualTo(PackFormat.varintBytes(value));
      assertThat(PackFormat.getVarint(bytes, 0, 5)).isEqualTo((long) end << 32 | value);
    }
  }

  private static PackRecord record(SplittableRandom random) {
    byte[] id = new byte[Digest.BYTES];
    random.nextBytes(id);
    byte[] payload = new byte[random.nextInt(1 << random.nextInt(18))];
    int plainBytes = random.nextInt() >>> (1 + random.nextInt(31));
    int codec = random.nextInt(random.nextBoolean() ? 2 : 256);
    byte[] base = new byte[Digest.BYTES];
    random.nextBytes(base);
    boolean asIs = random.nextBoolean() && payload.length >= 56;
    return new PackRecord(
        RecordType.ofCode(1 + random.nextInt(4)),
        Digest.fromBytes(id),
        codec,
        Codec.needsBase(codec) ? Digest.fromBytes(base) : null,
        random.nextInt() >>> (1 + random.nextInt(31)),
        asIs ? payload.length - 56 : plainBytes,
        payload);
  }
}
