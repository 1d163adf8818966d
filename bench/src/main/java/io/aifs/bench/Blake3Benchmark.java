package io.aifs.bench;

import io.aifs.crypto.Blake3;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds to digest one input on one thread. Gigabytes per second are {@code bytes / score /
 * 1000}.
 *
 * <p>After {@code mvn package}, with the class path that {@code mvn dependency:build-classpath}
 * prints: {@code java -cp ... org.openjdk.jmh.Main Blake3Benchmark}. Plain Java in place of
 * vectors: add {@code -jvmArgs -server}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Blake3Benchmark {
  @Param({"32", "1024", "4096", "16384", "65536", "16777216"})
  int bytes;

  private byte[] data = new byte[0];

  /** Fills the input, whose content does not matter to the speed, and compiles the vector code. */
  @Setup
  public void fill() {
    data = new byte[bytes];
    new Random(1).nextBytes(data);
    Blake3.warmUp();
  }

  /** The whole input in one call. */
  @Benchmark
  public Digest whole() {
    return Digest.of(data);
  }

  /** The input in pieces of 256 KiB, as it arrives from the network. */
  @Benchmark
  public Digest pieces() {
    Hasher hasher = new Hasher();
    for (int at = 0; at < data.length; at += 1 << 18) {
      hasher.update(data, at, Math.min(1 << 18, data.length - at));
    }
    return hasher.finish();
  }
}
