package io.aifs.core.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;

/** Native zstd state and an output buffer, for one call at a time. */
final class ZstdContext implements AutoCloseable {
  /** Fast enough to be cheap beside hashing; finds repeats, leaves literals alone. */
  private static final int PROBE_LEVEL = -5;

  private final ZstdCompressCtx compressor;
  private final ZstdCompressCtx probe = new ZstdCompressCtx().setLevel(PROBE_LEVEL);
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private byte[] output = new byte[0];

  ZstdContext(int level) {
    // The seal around a record already detects damage.
    compressor = new ZstdCompressCtx().setLevel(level).setChecksum(false);
  }

  /** Compresses into {@link #output}; returns how many bytes of it hold the frame. */
  int compress(byte[] data, int offset, int length) {
    return compress(compressor, data, offset, length);
  }

  /** How many bytes the quickest compression would make of it. Overwrites {@link #output}. */
  int probe(byte[] data, int offset, int length) {
    return compress(probe, data, offset, length);
  }

  private int compress(ZstdCompressCtx context, byte[] data, int offset, int length) {
    int bound = Math.toIntExact(Zstd.compressBound(length));
    if (output.length < bound) {
      output = new byte[bound];
    }
    return context.compressByteArray(output, 0, output.length, data, offset, length);
  }

  /** Valid until the next call. */
  byte[] output() {
    return output;
  }

  /** Decompresses into {@code plain}; returns how many bytes were written. */
  int decompress(byte[] bytes, int offset, int length, byte[] plain) {
    return decompressor.decompressByteArray(plain, 0, plain.length, bytes, offset, length);
  }

  @Override
  public void close() {
    compressor.close();
    probe.close();
    decompressor.close();
  }
}
