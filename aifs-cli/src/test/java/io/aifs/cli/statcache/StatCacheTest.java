package io.aifs.cli.statcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.testing.SeededTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class StatCacheTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final long START_NANOS = ChronoUnit.NANOS.between(Instant.EPOCH, START);
  private static final long OLD = START_NANOS - 1_000_000_000_000L;
  private static final FileStamp STAMP = new FileStamp(5, OLD, OLD + 1, 77, 8);
  private static final Path FILE = Path.of("/data/secret-name.bin");
  private static final Digest ID = Digest.of(new byte[] {1, 2, 3});
  private static final StatCache.Limit MANY = new StatCache.Limit(1_000_000);

  private static StatCache empty() {
    return StatCache.empty(RandomBytes.secure(), MANY, START);
  }

  private static StatCache withFile() {
    StatCache cache = empty();
    cache.remember(FILE, STAMP, ID);
    return cache;
  }

  private static StatCache again(StatCache cache, Instant start) {
    return StatCache.decode(cache.encode(), MANY, start).orElseThrow();
  }

  @Test
  void whatIsRememberedIsRecalledAtOnceAndFromTheFile() {
    StatCache cache = withFile();
    assertThat(cache.recall(FILE, STAMP)).contains(ID);
    assertThat(again(cache, START).recall(FILE, STAMP)).contains(ID);
    assertThat(again(cache, START).recall(Path.of("/data/other"), STAMP)).isEmpty();
  }

  @Test
  void everyPartOfTheStampCounts() {
    StatCache cache = again(withFile(), START);
    assertThat(cache.recall(FILE, new FileStamp(6, OLD, OLD + 1, 77, 8))).isEmpty();
    assertThat(cache.recall(FILE, new FileStamp(5, OLD + 1, OLD + 1, 77, 8))).isEmpty();
    assertThat(cache.recall(FILE, new FileStamp(5, OLD, OLD + 2, 77, 8))).isEmpty();
    assertThat(cache.recall(FILE, new FileStamp(5, OLD, OLD + 1, 78, 8))).isEmpty();
    assertThat(cache.recall(FILE, new FileStamp(5, OLD, OLD + 1, 77, 9))).isEmpty();
  }

  @Test
  void aFileThatChangedJustBeforeOrLaterIsNotTrusted() {
    long border = START_NANOS - 2_000_000_000L;
    for (long moment : new long[] {border, START_NANOS, START_NANOS + 1, Long.MAX_VALUE}) {
      StatCache cache = empty();
      FileStamp mtime = new FileStamp(5, moment, OLD, 77, 8);
      FileStamp ctime = new FileStamp(5, OLD, moment, 77, 8);
      cache.remember(FILE, mtime, ID);
      cache.remember(FILE, ctime, ID);
      assertThat(cache.recall(FILE, mtime)).isEmpty();
      assertThat(cache.recall(FILE, ctime)).isEmpty();
      assertThat(cache.isChanged()).isFalse();
    }
    StatCache cache = empty();
    FileStamp settled = new FileStamp(5, border - 1, border - 1, 77, 8);
    cache.remember(FILE, settled, ID);
    assertThat(cache.recall(FILE, settled)).contains(ID);
  }

  @Test
  void aNewStateOfAFileTakesThePlaceOfTheOld() {
    StatCache cache = again(withFile(), START);
    FileStamp next = new FileStamp(6, OLD, OLD + 9, 77, 8);
    Digest nextId = Digest.of(new byte[] {4});
    cache.remember(FILE, next, nextId);
    StatCache read = again(cache, START);
    assertThat(read.recall(FILE, next)).contains(nextId);
    assertThat(read.recall(FILE, STAMP)).isEmpty();
  }

  @Test
  void nothingIsToBeWrittenWhereNothingIsNew() {
    StatCache cache = again(withFile(), START);
    cache.recall(FILE, STAMP);
    cache.remember(FILE, STAMP, ID);
    assertThat(cache.isChanged()).isFalse();
    StatCache nextDay = again(cache, START.plus(Duration.ofDays(1)));
    nextDay.recall(FILE, STAMP);
    assertThat(nextDay.isChanged()).isTrue(); // it was of use once more
  }

  @Test
  void whatIsOfNoUseFor30DaysFallsOutWhenSomethingIsWritten() {
    StatCache kept = again(withFile(), START.plus(Duration.ofDays(30)));
    assertThat(again(kept, START).recall(FILE, STAMP)).contains(ID);
    StatCache used = again(withFile(), START.plus(Duration.ofDays(20)));
    assertThat(used.recall(FILE, STAMP)).contains(ID);
    StatCache later = again(used, START.plus(Duration.ofDays(40)));
    assertThat(again(later, START).recall(FILE, STAMP)).contains(ID);
    StatCache tooLate = again(withFile(), START.plus(Duration.ofDays(31)));
    assertThat(again(tooLate, START).recall(FILE, STAMP)).isEmpty();
  }

  @Test
  void thereAreNeverMoreThanTheLimitAndTheLastOnesStay() {
    StatCache.Limit two = new StatCache.Limit(2);
    byte[] first = withFile().encode();
    StatCache second = StatCache.decode(first, two, START.plus(Duration.ofDays(1))).orElseThrow();
    for (String name : new String[] {"/a", "/b", "/c"}) {
      second.remember(Path.of(name), STAMP, ID);
    }
    byte[] bytes = second.encode();
    assertThat((long) bytes.length).isEqualTo(two.fileBytes());
    StatCache read = StatCache.decode(bytes, two, START).orElseThrow();
    assertThat(read.recall(Path.of("/a"), STAMP)).contains(ID);
    assertThat(read.recall(Path.of("/b"), STAMP)).contains(ID);
    assertThat(read.recall(FILE, STAMP)).isEmpty();
  }

  @Test
  void aLimitFollowsTheMemoryUpToAFewMillion() {
    assertThat(StatCache.Limit.ofMemory(64 << 20).entries()).isEqualTo(32_768);
    assertThat(StatCache.Limit.ofMemory(1L << 50).entries()).isEqualTo(1 << 21);
  }

  @Test
  void aDamagedOrNewerFileIsNone() {
    byte[] good = withFile().encode();
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      assertThat(StatCache.decode(bad, MANY, START)).as("byte %d", i).isEmpty();
    }
    for (int length = 0; length < good.length; length++) {
      byte[] cut = new byte[length];
      System.arraycopy(good, 0, cut, 0, length);
      assertThat(StatCache.decode(cut, MANY, START)).isEmpty();
    }
    ByteBuffer newer = ByteBuffer.wrap(good.clone()).putInt(8, 2);
    CRC32C crc = new CRC32C();
    crc.update(newer.array(), 0, good.length - 4);
    newer.putInt(good.length - 4, (int) crc.getValue());
    assertThat(StatCache.decode(newer.array(), MANY, START)).isEmpty();
  }

  @Test
  void noPathStandsInTheFileAndEachFileHidesItAnew() {
    byte[] one = withFile().encode();
    byte[] other = withFile().encode();
    assertThat(new String(one, StandardCharsets.ISO_8859_1)).doesNotContain("secret-name");
    assertThat(one).hasSize(other.length).isNotEqualTo(other);
    assertThat(ByteBuffer.wrap(one, 44, 16)).isNotEqualTo(ByteBuffer.wrap(other, 44, 16));
  }

  @Test
  void learningOnlyRecallsNothing() {
    StatCache cache = withFile();
    FileMemory learning = cache.withoutRecall();
    assertThat(learning.recall(FILE, STAMP)).isEmpty();
    learning.remember(Path.of("/x"), STAMP, ID);
    assertThat(cache.recall(Path.of("/x"), STAMP)).contains(ID);
    FileMemory.NONE.remember(FILE, STAMP, ID);
    assertThat(FileMemory.NONE.recall(FILE, STAMP)).isEmpty();
  }

  @Test
  void manyFilesAreFoundAmongEachOther() {
    SeededTest.run(
        20,
        random -> {
          Map<Path, Digest> model = new HashMap<>();
          StatCache cache = empty();
          for (int i = 0; i < 500; i++) {
            Path path = Path.of("/f" + random.nextInt(300));
            Digest id = Digest.of(SeededTest.bytes(random, 4));
            cache.remember(path, STAMP, id);
            model.put(path, id);
            if (random.nextInt(50) == 0) {
              cache = again(cache, START.plus(Duration.ofDays(random.nextInt(3))));
            }
          }
          for (int i = 0; i < 300; i++) {
            Path path = Path.of("/f" + i);
            assertThat(cache.recall(path, STAMP)).isEqualTo(Optional.ofNullable(model.get(path)));
          }
        });
  }
}
