package io.aifs.bench;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.ChunkMalformedException;
import io.aifs.core.chunk.Compressed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Weights of four bytes in planes and back, and such that were trained a little further. */
@State(Scope.Thread)
public class NumberCodecBenchmark {
  private static final int WIDTH = 4;

  @Param("65536")
  int bytes;

  private final ChunkCompressor compressor = new ChunkCompressor();
  private byte[] base = new byte[0];
  private byte[] tuned = new byte[0];
  private Compressed planes = compressor.compress(base, 0, 0);
  private Compressed difference = planes;

  /** Makes the weights, and prints what becomes of them. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    ByteBuffer before = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer after = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (before.hasRemaining()) {
      float weight = (float) (random.nextGaussian() * 0.02);
      before.putFloat(weight);
      after.putFloat(weight + (float) (random.nextGaussian() * 1e-5));
    }
    base = before.array();
    tuned = after.array();
    planes = compressor.compressNumbers(WIDTH, base, 0, bytes);
    difference = compressDelta().orElseThrow();
    System.out.printf(
        "# planes %d, difference %d bytes of %d%n", planes.length(), difference.length(), bytes);
  }

  /** Frees the native contexts. */
  @TearDown
  public void close() {
    compressor.close();
  }

  @Benchmark
  public Compressed compressNumbers() {
    return compressor.compressNumbers(WIDTH, base, 0, bytes);
  }

  @Benchmark
  public byte[] decompressNumbers() throws ChunkMalformedException {
    return compressor.decompress(
        planes.codec(), planes.bytes(), planes.offset(), planes.length(), bytes);
  }

  @Benchmark
  public Optional<Compressed> compressDelta() {
    return compressor.compressDelta(WIDTH, tuned, 0, bytes, base, bytes);
  }

  @Benchmark
  public byte[] decompressDelta() throws ChunkMalformedException {
    return compressor.decompressDelta(
        difference.codec(), base, difference.bytes(), 0, difference.length(), bytes);
  }
}
