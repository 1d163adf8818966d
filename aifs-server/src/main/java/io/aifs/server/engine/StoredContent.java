package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.schemas.ByteSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Content of which all chunks are stored, though nothing names it yet, to be read at any place.
 * Keeps what was read last, since whoever looks at formats reads little at a time. Not thread-safe.
 */
final class StoredContent implements ByteSource {
  /** Read at a time, at most so much of it that was not asked for. */
  private static final int BLOCK_BYTES = 256 << 10;

  private static final int BLOCKS_MAX = 4;

  private final ContentReader reader;
  private final long size;

  /** The one used last is the last. */
  private final Map<Long, byte[]> blocks = new LinkedHashMap<>(8, 0.75f, true);

  StoredContent(ContentReader reader) {
    this.reader = reader;
    this.size = reader.info().size();
  }

  @Override
  public long size() {
    return size;
  }

  /**
   * @throws AifsException.Unavailable if what was stored does not read back
   */
  @Override
  public byte[] read(long offset, int length) throws IOException {
    ByteSource.requireInside(this, offset, length);
    if (length > BLOCK_BYTES) {
      return readNow(offset, length);
    }
    byte[] bytes = new byte[length];
    int filled = 0;
    while (filled < length) {
      long at = offset + filled;
      byte[] block = block(at / BLOCK_BYTES);
      int from = (int) (at % BLOCK_BYTES);
      int taken = Math.min(length - filled, block.length - from);
      System.arraycopy(block, from, bytes, filled, taken);
      filled += taken;
    }
    return bytes;
  }

  private byte[] block(long number) throws IOException {
    byte[] there = blocks.get(number);
    if (there != null) {
      return there;
    }
    long start = number * BLOCK_BYTES;
    byte[] read = readNow(start, (int) Math.min(BLOCK_BYTES, size - start));
    blocks.put(number, read);
    if (blocks.size() > BLOCKS_MAX) {
      blocks.remove(blocks.keySet().iterator().next());
    }
    return read;
  }

  private byte[] readNow(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    int[] filled = {0};
    try {
      reader.read(
          offset,
          length,
          (piece, from, count) -> {
            System.arraycopy(piece, from, bytes, filled[0], count);
            filled[0] += count;
          });
    } catch (AifsException.Corrupt e) {
      // Whoever puts it is not told whether the chunk was there before.
      throw new AifsException.Unavailable(
          Reason.IO_FAILED,
          "the content that was stored does not read back",
          "put it again, which heals it; if that fails too, look at the disk",
          e);
    }
    return bytes;
  }
}
