package io.aifs.core.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import org.jspecify.annotations.Nullable;

/** Native zstd state and an output buffer, for one call at a time. */
final class ZstdContext implements AutoCloseable {
  /** Fast enough to be cheap beside hashing; finds repeats, leaves literals alone. */
  private static final int PROBE_LEVEL = -5;

  private final ZstdCompressCtx compressor;
  private final ZstdCompressCtx close;
  private final ZstdCompressCtx probe = new ZstdCompressCtx().setLevel(PROBE_LEVEL);
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

  /** Made when first needed; the dictionary to use is set at every call. */
  private @Nullable ZstdCompressCtx dictionaryCompressor;

  private @Nullable ZstdDecompressCtx dictionaryDecompressor;
  private byte[] output = new byte[0];
  private byte[] planes = new byte[0];
  private byte[] framed = new byte[0];
  private byte[] difference = new byte[0];

  ZstdContext(int level, int closeLevel) {
    // The seal around a record already detects damage.
    compressor = new ZstdCompressCtx().setLevel(level).setChecksum(false);
    close = new ZstdCompressCtx().setLevel(closeLevel).setChecksum(false);
  }

  /**
   * Compresses into {@link #output}; returns how many bytes of it hold the frame.
   *
   * @param closely at the higher of the levels
   */
  int compress(boolean closely, byte[] data, int offset, int length) {
    return compress(closely ? close : compressor, data, offset, length);
  }

  /**
   * As {@link #compress(boolean, byte[], int, int)}, with a dictionary, which has its own level.
   */
  int compress(ZstdDictionary dictionary, byte[] data, int offset, int length) {
    ZstdCompressCtx context = dictionaryCompressor;
    if (context == null) {
      context = new ZstdCompressCtx().setChecksum(false);
      dictionaryCompressor = context;
    }
    context.loadDict(dictionary.forCompression());
    return compress(context, data, offset, length);
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

  /** At least this many bytes to take numbers apart in. Valid until the next call. */
  byte[] planes(int length) {
    planes = grown(planes, length);
    return planes;
  }

  /** At least this many bytes to put planes together in. Valid until the next call. */
  byte[] framed(int length) {
    framed = grown(framed, length);
    return framed;
  }

  /** At least this many bytes for what differs. Valid until the next call. */
  byte[] difference(int length) {
    difference = grown(difference, length);
    return difference;
  }

  private static byte[] grown(byte[] bytes, int length) {
    return bytes.length < length ? new byte[length] : bytes;
  }

  ZstdDecompressCtx decompressor() {
    return decompressor;
  }

  /** Decompresses into {@code plain}; returns how many bytes were written. */
  int decompress(byte[] bytes, int offset, int length, byte[] plain) {
    return decompressor.decompressByteArray(plain, 0, plain.length, bytes, offset, length);
  }

  /** As {@link #decompress(byte[], int, int, byte[])}, with a dictionary. */
  int decompress(ZstdDictionary dictionary, byte[] bytes, int offset, int length, byte[] plain) {
    ZstdDecompressCtx context = dictionaryDecompressor;
    if (context == null) {
      context = new ZstdDecompressCtx();
      dictionaryDecompressor = context;
    }
    context.loadDict(dictionary.forDecompression());
    return context.decompressByteArray(plain, 0, plain.length, bytes, offset, length);
  }

  @Override
  public void close() {
    if (dictionaryCompressor != null) {
      dictionaryCompressor.close();
    }
    if (dictionaryDecompressor != null) {
      dictionaryDecompressor.close();
    }
    close.close();
    compressor.close();
    probe.close();
    decompressor.close();
  }
}
