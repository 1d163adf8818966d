package io.aifs.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final Digest EMPTY = Digest.of(new byte[0]);

  private final MemoryPages pages = new MemoryPages();

  @Nested
  class Reading {
    @Test
    void everySizeOfListComesBack() {
      SeededTest.run(
          40,
          random -> {
            int[] edges = {0, 1, 2, 15, 16, 17, 1_023, 1_024, 1_025, 2_048, 2_049};
            int count =
                random.nextBoolean() ? edges[random.nextInt(edges.length)] : random.nextInt(5_000);
            int lengthMax = random.nextBoolean() ? 300 : Limits.CHUNK_BYTES_MAX;
            MemoryPages own = new MemoryPages();
            Sample sample = Sample.of(random, count, lengthMax, own);
            ManifestReader reader = sample.open(own);
            assertThat(sample.root().length).isLessThan(1_536);
            assertThat(reader.chunkCount()).isEqualTo(count);
            assertThat(Sample.read(reader.chunks())).isEqualTo(sample.chunks());
            assertThat(Sample.read(reader.pages()))
                .containsExactlyInAnyOrderElementsOf(own.pages.keySet());
            requireValues(sample, reader);
          });
    }

    private void requireValues(Sample sample, ManifestReader reader) throws IOException {
      boolean kept = sample.chunks().size() > 1 && sample.size() > 65_536;
      int groups = kept ? sample.values().length / Digest.BYTES : 0;
      assertThat(reader.chainingValueCount()).isEqualTo(groups);
      byte[] expected = kept ? sample.values() : new byte[0];
      if (groups <= ManifestReader.CHAINING_VALUES_MAX) {
        assertThat(reader.chainingValues(0, groups)).isEqualTo(expected);
      }
    }

    @Test
    void rangeGivesTheChunksThatOverlapIt() {
      SeededTest.run(
          30,
          random -> {
            MemoryPages own = new MemoryPages();
            Sample sample = Sample.of(random, random.nextInt(1, 3_000), 200, own);
            ManifestReader reader = sample.open(own);
            for (int i = 0; i < 20; i++) {
              long offset = random.nextLong(sample.size() + 1);
              long length = random.nextLong(sample.size() - offset + 1);
              List<ChunkRef> expected =
                  sample.chunks().stream()
                      .filter(c -> length > 0 && c.end() > offset && c.offset() < offset + length)
                      .toList();
              assertThat(Sample.read(reader.chunks(offset, length))).isEqualTo(expected);
            }
          });
    }

    @Test
    void rangeOfChainingValuesIsThatPartOfAll() {
      SeededTest.run(
          10,
          random -> {
            MemoryPages own = new MemoryPages();
            Sample sample = Sample.of(random, 200, Limits.CHUNK_BYTES_MAX, own);
            ManifestReader reader = sample.open(own);
            int groups = (int) reader.chainingValueCount();
            int first = random.nextInt(groups);
            int count = random.nextInt(groups - first + 1);
            assertThat(reader.chainingValues(first, count))
                .isEqualTo(Arrays.copyOfRange(sample.values(), 32 * first, 32 * (first + count)));
          });
    }

    @Test
    void smallRangeOfALargeAssetLoadsOnePageALevel() throws IOException {
      // Over 1024 x 1024 chunks, so three levels.
      Sample sample = Sample.of(new SplittableRandom(3), 1_049_700, 90, pages);
      assertThat(sample.root().length).isLessThan(128);
      ManifestReader reader = sample.open(pages);
      assertThat(pages.reads).isZero();
      long middle = sample.chunks().get(700_000).offset();
      assertThat(Sample.read(reader.chunks(middle, 1)))
          .containsExactly(sample.chunks().get(700_000));
      assertThat(pages.reads).isEqualTo(3);
      assertThat(Sample.read(reader.chunks())).isEqualTo(sample.chunks());
      pages.reads = 0;
      assertThat(Sample.read(reader.pages()))
          .containsExactlyInAnyOrderElementsOf(pages.pages.keySet());
      assertThat(pages.reads).as("leaves are not loaded").isLessThan(10);
    }

    @Test
    void rangeOutsideTheAssetIsRefused() throws IOException {
      Sample sample = Sample.of(new SplittableRandom(3), 20, 9_000, pages);
      ManifestReader reader = sample.open(pages);
      assertThatThrownBy(() -> reader.chunks(1, sample.size()))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> reader.chainingValues(0, 1_000))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void smallAssetsNeedNoManifest() throws IOException {
      assertThat(new ManifestBuilder(pages).finish(EMPTY)).isEmpty();
      ManifestReader none = ManifestReader.open(new byte[0], EMPTY, 0, pages);
      assertThat(Sample.read(none.chunks())).isEmpty();

      Digest asset = Digest.of(new byte[5]);
      ManifestReader one = ManifestReader.open(new byte[0], asset, 5, pages);
      assertThat(Sample.read(one.chunks())).containsExactly(new ChunkRef(asset, 0, 5));
      assertThat(Sample.read(one.pages())).isEmpty();
    }
  }

  @Nested
  class Building {
    @Test
    void pagesAreWrittenAsTheyFill() throws IOException {
      ManifestBuilder builder = new ManifestBuilder(pages);
      for (int i = 0; i < 10_000; i++) {
        builder.add(EMPTY, 100);
        builder.addChainingValues(new byte[32]);
      }
      assertThat(pages.pages).hasSizeGreaterThan(1);
    }

    @Test
    void chainingValuesMayBeLeftOut() throws IOException {
      ManifestBuilder builder = new ManifestBuilder(pages);
      builder.add(EMPTY, 100_000);
      builder.add(EMPTY, 100_000);
      byte[] root = builder.finish(EMPTY);
      ManifestReader reader = ManifestReader.open(root, EMPTY, 200_000, pages);
      assertThat(reader.chainingValueCount()).isZero();
      assertThat(reader.chainingValues(0, 0)).isEmpty();
    }

    @Test
    void chainingValuesComeInAnyPieces() throws IOException {
      byte[] values = SeededTest.bytes(new SplittableRandom(4), 32 * 40);
      List<byte[]> roots = new ArrayList<>();
      for (int piece : new int[] {32, 96, 32 * 40}) {
        ManifestBuilder builder = new ManifestBuilder(pages);
        for (int at = 0; at < values.length; at += piece) {
          builder.addChainingValues(values, at, Math.min(piece, values.length - at));
        }
        for (int i = 0; i < 20; i++) {
          builder.add(EMPTY, 2 * 65_536);
        }
        roots.add(builder.finish(EMPTY));
      }
      assertThat(roots.get(1)).isEqualTo(roots.get(0));
      assertThat(roots.get(2)).isEqualTo(roots.get(0));
    }

    @Test
    void wrongInputsAreRefused() throws IOException {
      ManifestBuilder builder = new ManifestBuilder(pages);
      assertThatThrownBy(() -> builder.add(EMPTY, 0)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> builder.add(EMPTY, Limits.CHUNK_BYTES_MAX + 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> builder.addChainingValues(new byte[33]))
          .isInstanceOf(IllegalArgumentException.class);
      builder.add(EMPTY, 100_000);
      builder.addChainingValues(new byte[32]);
      assertThatThrownBy(() -> builder.finish(EMPTY))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("asset of 2 groups has 1 chaining values");
      assertThatThrownBy(() -> builder.add(EMPTY, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyChunkMustBeTheAsset() throws IOException {
      ManifestBuilder builder = new ManifestBuilder(pages);
      builder.add(Digest.of(new byte[1]), 1);
      assertThatThrownBy(() -> builder.finish(EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failureOfTheSinkComesThrough() {
      PageSink full =
          _ -> {
            throw new IOException("disk is full");
          };
      ManifestBuilder builder = new ManifestBuilder(full);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_025; i++) {
                  builder.add(EMPTY, 1);
                }
              })
          .hasMessage("disk is full");
    }
  }
}
