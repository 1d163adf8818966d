package io.aifs.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ManifestDamageTest {
  private final MemoryPages pages = new MemoryPages();

  @Test
  void flippedByteOfARootIsDetected() throws IOException {
    for (int chunkCount : new int[] {2, 16, 40}) {
      Sample sample = Sample.of(new SplittableRandom(1), chunkCount, 90_000, pages);
      for (int i = 0; i < sample.root().length; i++) {
        byte[] root = sample.root().clone();
        root[i] ^= 0x40;
        requireDamaged(root, sample);
      }
    }
  }

  @Test
  void truncatedOrExtendedRootIsDetected() throws IOException {
    Sample sample = Sample.of(new SplittableRandom(1), 20, 300_000, pages);
    for (int length = 0; length <= 1_600; length++) {
      if (length != sample.root().length) {
        requireDamaged(Arrays.copyOf(sample.root(), length), sample);
      }
    }
  }

  @Test
  void rootOfAnotherAssetOrSizeIsDetected() throws IOException {
    Sample sample = Sample.of(new SplittableRandom(1), 5, 300_000, pages);
    Digest other = Digest.of(new byte[1]);
    assertThatThrownBy(() -> ManifestReader.open(sample.root(), other, sample.size(), pages))
        .isInstanceOf(ManifestDamagedException.class);
    for (long size : new long[] {-1, 0, sample.size() - 1, sample.size() + 1, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> ManifestReader.open(sample.root(), sample.asset(), size, pages))
          .isInstanceOf(ManifestDamagedException.class);
    }
    assertThatThrownBy(() -> ManifestReader.open(new byte[0], other, 0, pages))
        .isInstanceOf(ManifestDamagedException.class);
    assertThatThrownBy(
            () -> ManifestReader.open(new byte[0], other, Limits.CHUNK_BYTES_MAX + 1, pages))
        .isInstanceOf(ManifestDamagedException.class);
  }

  @Test
  void laterVersionIsNamed() throws IOException {
    Sample sample = Sample.of(new SplittableRandom(1), 5, 300_000, pages);
    sample.root()[0] = 2;
    assertThatThrownBy(() -> sample.open(pages)).hasMessageContaining("version 2");
  }

  @Test
  void flippedByteOfAPageIsDetected() throws IOException {
    Sample sample = Sample.of(new SplittableRandom(1), 1_030, 30_000, pages);
    for (Map.Entry<Digest, byte[]> page : List.copyOf(pages.pages.entrySet())) {
      byte[] bytes = page.getValue();
      for (int i = 0; i < bytes.length; i = i < 64 ? i + 1 : i + 997) {
        bytes[i] ^= 1;
        assertThatThrownBy(() -> readAll(sample.open(pages)))
            .isInstanceOf(ManifestDamagedException.class)
            .hasMessageContaining(page.getKey().hex());
        bytes[i] ^= 1;
      }
    }
  }

  @Test
  void missingPageIsNamed() throws IOException {
    Sample sample = Sample.of(new SplittableRandom(1), 1_030, 30_000, pages);
    for (Digest digest : List.copyOf(pages.pages.keySet())) {
      byte[] bytes = pages.pages.remove(digest);
      assertThatThrownBy(() -> readAll(sample.open(pages)))
          .isInstanceOf(ManifestDamagedException.class)
          .hasMessage("manifest page is missing: " + digest);
      pages.pages.put(digest, bytes);
    }
  }

  /** Forged pages have right digests all the way up, so only the reader's own checks remain. */
  @Test
  void forgedPageIsDetectedOrReadsAsAWholeManifest() {
    SeededTest.run(
        300,
        random -> {
          MemoryPages own = new MemoryPages();
          Sample sample = Sample.of(random, random.nextInt(17, 1_100), 20_000, own);
          Digest victim = List.copyOf(own.pages.keySet()).get(random.nextInt(own.pages.size()));
          byte[] forged = mutate(random, own.page(victim).orElseThrow());
          byte[] root = sample.root().clone();
          replace(own, root, victim, forged);
          resign(root, sample.asset());
          requireWholeOrDamaged(root, sample, own);
        });
  }

  @Test
  void forgedRootIsDetectedOrReadsAsAWholeManifest() {
    SeededTest.run(
        300,
        random -> {
          MemoryPages own = new MemoryPages();
          Sample sample = Sample.of(random, random.nextInt(2, 30), 20_000, own);
          byte[] root = mutate(random, sample.root());
          if (root.length >= ManifestFormat.ROOT_CHECK_BYTES) {
            resign(root, sample.asset());
          }
          requireWholeOrDamaged(root, sample, own);
        });
  }

  private void requireDamaged(byte[] root, Sample sample) {
    assertThatThrownBy(() -> ManifestReader.open(root, sample.asset(), sample.size(), pages))
        .isInstanceOf(ManifestDamagedException.class);
  }

  private static void requireWholeOrDamaged(byte[] root, Sample sample, PageSource pages)
      throws IOException {
    try {
      ManifestReader reader = ManifestReader.open(root, sample.asset(), sample.size(), pages);
      long end = 0;
      for (ChunkRef chunk : readAll(reader)) {
        assertThat(chunk.offset()).isEqualTo(end);
        end = chunk.end();
      }
      assertThat(end).isEqualTo(sample.size());
    } catch (ManifestDamagedException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static List<ChunkRef> readAll(ManifestReader reader) throws IOException {
    List<ChunkRef> chunks = Sample.read(reader.chunks());
    reader.chainingValues(0, (int) reader.chainingValueCount());
    Sample.read(reader.pages());
    return chunks;
  }

  private static byte[] mutate(SplittableRandom random, byte[] bytes) {
    byte[] mutated =
        random.nextInt(4) == 0
            ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 40))
            : bytes.clone();
    for (int i = random.nextInt(1, 5); i > 0 && mutated.length > 0; i--) {
      int bound = random.nextBoolean() ? Math.min(mutated.length, 64) : mutated.length;
      mutated[random.nextInt(bound)] = (byte) random.nextInt(256);
    }
    return mutated;
  }

  /** Puts {@code forged} in the place of {@code victim} and mends every digest above it. */
  private static void replace(MemoryPages pages, byte[] root, Digest victim, byte[] forged) {
    Digest forgedDigest = Digest.of(forged);
    pages.pages.remove(victim);
    pages.pages.put(forgedDigest, forged);
    substitute(root, victim, forgedDigest);
    for (Digest digest : List.copyOf(pages.pages.keySet())) {
      byte[] page = pages.pages.get(digest);
      if (!digest.equals(forgedDigest) && page != null) {
        byte[] mended = page.clone();
        if (substitute(mended, victim, forgedDigest)) {
          replace(pages, root, digest, mended);
        }
      }
    }
  }

  private static boolean substitute(byte[] bytes, Digest from, Digest to) {
    byte[] wanted = from.toBytes();
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        to.writeTo(bytes, i);
        return true;
      }
    }
    return false;
  }

  private static void resign(byte[] root, Digest asset) {
    int checked = root.length - ManifestFormat.ROOT_CHECK_BYTES;
    byte[] check = ManifestFormat.check(asset, root, checked);
    System.arraycopy(check, 0, root, checked, check.length);
  }
}
