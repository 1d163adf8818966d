package io.aifs.crypto;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plain Java until vectors are worth it. Vector code is a hundred times slower than plain Java
 * until the JIT has compiled it, and coming there costs a core one or two seconds. So a process
 * that hashes little never touches it, and one that hashes much goes on in plain Java while a
 * background thread warms the vectors up, and changes over once they have shown to be faster. That
 * begins when plain Java has cost about as much as warming up will.
 */
final class Blake3WarmingKernel implements Blake3Kernel {
  private final Blake3Kernel plain = new Blake3ScalarKernel();
  private final AtomicLong coldChunks = new AtomicLong();
  private final long coldChunksMax;
  private final Supplier<Optional<Blake3Kernel>> vectors;
  private volatile @Nullable Blake3Kernel warm;
  private @Nullable Thread warmUp;

  /**
   * Changes over to what {@code vectors} opens, which is asked once, on another thread.
   *
   * @param coldChunksMax how many chunks are hashed in plain Java before that
   */
  Blake3WarmingKernel(Supplier<Optional<Blake3Kernel>> vectors, long coldChunksMax) {
    this.vectors = vectors;
    this.coldChunksMax = coldChunksMax;
  }

  @Override
  public void chunks(
      Blake3Mode mode,
      byte[] data,
      int offset,
      int count,
      long firstChunk,
      byte[] values,
      int valuesOffset) {
    Blake3Kernel ready = warm;
    if (ready != null) {
      ready.chunks(mode, data, offset, count, firstChunk, values, valuesOffset);
      return;
    }
    long before = coldChunks.getAndAdd(count);
    if (before < coldChunksMax && before + count >= coldChunksMax) {
      start();
    }
    plain.chunks(mode, data, offset, count, firstChunk, values, valuesOffset);
  }

  @Override
  public void parents(Blake3Mode mode, byte[] values, int offset, int count, int outOffset) {
    Blake3Kernel ready = warm;
    (ready == null ? plain : ready).parents(mode, values, offset, count, outOffset);
  }

  /** Returns when the change is made, or when it is clear that vectors bring nothing here. */
  void warmUp() {
    Thread running = start();
    boolean interrupted = false;
    while (running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Thread start() {
    Thread running = warmUp;
    if (running == null) {
      running = Thread.ofPlatform().daemon().name("aifs-blake3-warm-up").start(this::changeOver);
      warmUp = running;
    }
    return running;
  }

  private void changeOver() {
    vectors
        .get()
        .filter(opened -> new Blake3WarmUp(plain, opened).succeeds())
        .ifPresent(opened -> warm = opened);
  }
}
