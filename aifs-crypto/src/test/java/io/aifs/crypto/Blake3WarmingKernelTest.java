package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Blake3WarmingKernelTest {
  private static final long COLD_CHUNKS_MAX = 16 * 1024;
  private static final byte[] DATA = new byte[200_000];
  private static final byte[] EXPECTED = Blake3Oracle.hash(DATA, 32);

  @Test
  void littleHashingNeverOpensVectors() {
    AtomicInteger opened = new AtomicInteger();
    Blake3Kernel kernel =
        new Blake3WarmingKernel(
            () -> {
              opened.incrementAndGet();
              return Optional.empty();
            },
            COLD_CHUNKS_MAX);
    assertThat(hash(kernel)).isEqualTo(EXPECTED);
    assertThat(opened).hasValue(0);
  }

  @Test
  void vectorsAreUsedOnceWarm() {
    InstantKernel vectors = new InstantKernel();
    Blake3WarmingKernel kernel =
        new Blake3WarmingKernel(() -> Optional.of(vectors), COLD_CHUNKS_MAX);
    kernel.warmUp();
    int before = vectors.calls.get();
    byte[] unused = hash(kernel);
    assertThat(unused).isNotEqualTo(EXPECTED);
    assertThat(vectors.calls.get()).isGreaterThan(before);
  }

  @Test
  void muchHashingStartsTheWarmUpByItself() {
    AtomicInteger opened = new AtomicInteger();
    Blake3WarmingKernel kernel =
        new Blake3WarmingKernel(
            () -> {
              opened.incrementAndGet();
              return Optional.empty();
            },
            COLD_CHUNKS_MAX);
    for (int i = 0; i < 90; i++) {
      assertThat(hash(kernel)).isEqualTo(EXPECTED);
    }
    kernel.warmUp();
    assertThat(opened).hasValue(1);
  }

  @Test
  void withoutVectorsItStaysCorrect() {
    Blake3WarmingKernel kernel = new Blake3WarmingKernel(Optional::empty, COLD_CHUNKS_MAX);
    kernel.warmUp();
    kernel.warmUp();
    assertThat(hash(kernel)).isEqualTo(EXPECTED);
  }

  @Nested
  class Cold extends Blake3KernelContract {
    @Override
    Blake3Kernel kernel() {
      return new Blake3WarmingKernel(Optional::empty, COLD_CHUNKS_MAX);
    }
  }

  private static byte[] hash(Blake3Kernel kernel) {
    byte[] out = new byte[32];
    Blake3Tree.hash(kernel, Blake3Mode.HASH, DATA, 0, DATA.length, out);
    return out;
  }

  /** Faster than anything, since it computes nothing. */
  private static final class InstantKernel implements Blake3Kernel {
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public void chunks(
        Blake3Mode mode,
        byte[] data,
        int offset,
        int count,
        long firstChunk,
        byte[] values,
        int valuesOffset) {
      calls.incrementAndGet();
    }

    @Override
    public void parents(Blake3Mode mode, byte[] values, int offset, int count, int outOffset) {
      calls.incrementAndGet();
    }
  }
}
