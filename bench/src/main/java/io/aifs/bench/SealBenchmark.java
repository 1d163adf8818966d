package io.aifs.bench;

import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.SealBrokenException;
import io.aifs.crypto.SealContext;
import io.aifs.crypto.Sealed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Sealing one chunk: a fresh data key, encryption, wrapping of the key; and opening it again. */
@State(Scope.Thread)
public class SealBenchmark {
  @Param({"1024", "4096", "65536"})
  int bytes;

  private final ChunkCipher cipher = new ChunkCipher(BenchDomain.RANDOM);
  private final DomainKeys keys = BenchDomain.KEYS;
  private byte[] plain = new byte[0];
  private SealContext context = context(plain);
  private Sealed sealed = cipher.seal(keys, context, plain, 0, 0);

  /** Makes the chunk, and seals it once to have something to open. */
  @Setup
  public void fill() {
    plain = SampleContent.RANDOM.bytes(bytes);
    context = context(plain);
    sealed = cipher.seal(keys, context, plain, 0, bytes);
  }

  private SealContext context(byte[] chunk) {
    Digest stored = keys.storedId(RecordType.CHUNK, Digest.of(chunk));
    return new SealContext(BenchDomain.ID, RecordType.CHUNK, stored, chunk.length, 0);
  }

  @Benchmark
  public Sealed seal() {
    return cipher.seal(keys, context, plain, 0, bytes);
  }

  @Benchmark
  public byte[] open() throws SealBrokenException {
    return cipher.open(keys, context, sealed.epoch(), sealed.payload());
  }
}
