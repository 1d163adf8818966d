package io.aifs.bench;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.ChunkMalformedException;
import io.aifs.core.chunk.Compressed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A chunk to what is stored, and back; with the look at a sample that spares data which will not.
 */
@State(Scope.Thread)
public class CompressionBenchmark {
  @Param({"TEXT", "FLOAT32", "RANDOM"})
  SampleContent content = SampleContent.RANDOM;

  @Param("65536")
  int bytes;

  private final ChunkCompressor compressor = new ChunkCompressor();
  private byte[] plain = new byte[0];
  private Compressed compressed = compressor.compress(plain, 0, 0);

  /** Makes the content, and prints what becomes of it. */
  @Setup
  public void fill() {
    plain = content.bytes(bytes);
    compressed = compressor.compress(plain, 0, plain.length);
    System.out.printf("# %s: %d bytes of %d%n", content, compressed.length(), bytes);
  }

  /** Frees the native contexts. */
  @TearDown
  public void close() {
    compressor.close();
  }

  @Benchmark
  public Compressed compress() {
    return compressor.compress(plain, 0, plain.length);
  }

  @Benchmark
  public byte[] decompress() throws ChunkMalformedException {
    return compressor.decompress(
        compressed.codec(), compressed.bytes(), compressed.offset(), compressed.length(), bytes);
  }
}
