package io.aifs.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class RunsReaderTest {
  private static final int CHUNK = 10_000;

  private final CountedChunks chunks = new CountedChunks();

  private static byte[] read(ContentReader asset, List<ContentRun> runs) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    asset.read(runs, runs.stream().mapToLong(ContentRun::length).sum(), read::write);
    return read.toByteArray();
  }

  @Test
  void randomRunsReadTheirBytesAndEachOfTheirChunksOnce() {
    SeededTest.run(
        50,
        random -> {
          byte[] content = SeededTest.bytes(random, random.nextInt(1, 300_000));
          int seed = random.nextInt();
          IntUnaryOperator cuts = at -> 1 + Math.floorMod((at ^ seed) * 0x9E3779B1, 20_000);
          CountedChunks counted = new CountedChunks();
          ContentReader asset = counted.asset(content, cuts);
          List<ContentRun> runs = runs(random, content.length);
          assertThat(read(asset, runs)).isEqualTo(expected(content, runs));
          assertThat(counted.reads().keySet()).isEqualTo(touched(content, cuts, runs));
          assertThat(counted.reads().values()).allMatch(times -> times == 1);
        });
  }

  private static List<ContentRun> runs(SplittableRandom random, int size) {
    List<ContentRun> runs = new ArrayList<>();
    int gaps = random.nextInt(1, 50_000);
    int lengths = random.nextInt(1, 20_000);
    int at = random.nextInt(gaps);
    while (at < size) {
      int length = Math.min(random.nextInt(lengths), size - at);
      runs.add(new ContentRun(at, length));
      at += length + random.nextInt(gaps);
    }
    return runs;
  }

  private static byte[] expected(byte[] content, List<ContentRun> runs) {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (ContentRun run : runs) {
      expected.write(content, (int) run.offset(), (int) run.length());
    }
    return expected.toByteArray();
  }

  private static Set<Digest> touched(byte[] content, IntUnaryOperator cuts, List<ContentRun> runs) {
    Set<Digest> touched = new HashSet<>();
    int at = 0;
    while (at < content.length) {
      int start = at;
      int end = Math.min(content.length, at + cuts.applyAsInt(at));
      if (runs.stream()
          .anyMatch(run -> run.length() > 0 && run.offset() < end && run.end() > start)) {
        touched.add(Digest.of(content, start, end - start));
      }
      at = end;
    }
    return touched;
  }

  @Test
  void aChunkThatIsFarAwayIsFoundWithoutThoseBetween() throws IOException {
    byte[] content = new byte[20 << 20];
    new SplittableRandom(7).nextBytes(content);
    ContentReader asset = chunks.asset(content, _ -> CHUNK);
    List<ContentRun> runs =
        List.of(
            new ContentRun(3, 5), new ContentRun(19 << 20, 7), new ContentRun((20 << 20) - 1, 1));

    assertThat(read(asset, runs)).isEqualTo(expected(content, runs));
    assertThat(chunks.reads()).hasSize(3);
  }

  @Test
  void noRunsReadNothing() throws IOException {
    ContentReader asset = chunks.asset(new byte[100], _ -> 10);

    assertThat(read(asset, List.of())).isEmpty();
    assertThat(read(asset, List.of(new ContentRun(7, 0), new ContentRun(100, 0)))).isEmpty();
    assertThat(chunks.reads()).isEmpty();
  }

  @Test
  void aDamagedChunkEndsTheReadAndIsNamed() {
    byte[] content = new byte[3 * CHUNK];
    new SplittableRandom(8).nextBytes(content);
    ContentReader asset = chunks.asset(content, _ -> CHUNK);
    Digest second = Digest.of(content, CHUNK, CHUNK);
    chunks.damage(second);

    assertThatThrownBy(() -> read(asset, List.of(new ContentRun(5, 2 * CHUNK))))
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.CHUNK_DAMAGED))
        .hasMessageContaining(second.hex());
  }
}
