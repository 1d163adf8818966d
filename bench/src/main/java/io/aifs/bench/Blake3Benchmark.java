package io.aifs.bench;

import io.aifs.crypto.Blake3;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Digests of one input on one thread, and the JDK's SHA-256 to compare with. {@code bench/jmh} runs
 * it; plain Java in place of vectors: {@code bench/jmh Blake3 -jvmArgs -server}.
 */
@State(Scope.Thread)
public class Blake3Benchmark {
  @Param({"64", "1024", "4096", "65536", "16777216"})
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

  /** What the JDK makes of the whole input, which uses the processor's SHA instructions. */
  @Benchmark
  public byte[] sha256() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(data);
  }
}
