package io.aifs.bench;

import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.ChunkerParameters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Where to cut, alone: nothing is digested. */
@State(Scope.Thread)
public class ChunkerBenchmark {
  @Param({"TEXT", "RANDOM"})
  SampleContent content = SampleContent.RANDOM;

  @Param("16777216")
  int bytes;

  private final Chunker chunker = new Chunker(ChunkerParameters.DEFAULT);
  private byte[] data = new byte[0];

  /** Makes the content. */
  @Setup
  public void fill() {
    data = content.bytes(bytes);
  }

  /** Cuts all of it; returns into how many chunks. */
  @Benchmark
  public int cutAll() {
    int chunks = 0;
    for (int at = 0; at < data.length; chunks++) {
      at += chunker.cut(data, at, data.length - at, true);
    }
    return chunks;
  }
}
