package io.aifs.server.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.Codec;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Records whose every field follows from a number, so that a wrong byte cannot hide. */
final class TestRecords {
  private TestRecords() {}

  static Digest id(int number) {
    return Digest.of(("record " + number).getBytes(StandardCharsets.UTF_8));
  }

  /** The record of this number, with a payload of 0 to 200 bytes. */
  static PackRecord record(int number) {
    return record(number, new Random(number * 31L).nextInt(201));
  }

  static PackRecord record(int number, int payloadBytes) {
    byte[] payload = new byte[payloadBytes];
    new Random(number).nextBytes(payload);
    return new PackRecord(
        RecordType.ofCode(1 + number % 4),
        id(number),
        Codec.needsBase(number % 256) ? 96 : number % 256,
        1 + number % 3,
        number * 7,
        payload);
  }

  /** The records of the numbers from {@code from} on. */
  static List<PackRecord> records(int from, int count) {
    List<PackRecord> records = new ArrayList<>();
    for (int number = from; number < from + count; number++) {
      records.add(record(number));
    }
    return records;
  }

  /** How many bytes a record takes in a pack that is written now. */
  static int bytes(PackRecord record) {
    return RecordHeader.of(record).totalBytes();
  }

  static List<Digest> ids(List<PackRecord> records) {
    return records.stream().map(PackRecord::id).toList();
  }

  static boolean same(@Nullable PackRecord actual, PackRecord expected) {
    return actual != null
        && actual.type() == expected.type()
        && actual.id().equals(expected.id())
        && actual.codec() == expected.codec()
        && actual.epoch() == expected.epoch()
        && actual.plainBytes() == expected.plainBytes()
        && Arrays.equals(actual.payload(), expected.payload());
  }

  static void assertSame(@Nullable PackRecord actual, PackRecord expected) {
    assertThat(same(actual, expected)).as("%s reads as %s", expected, actual).isTrue();
  }
}
