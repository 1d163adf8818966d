package io.aifs.client.bundle;

import io.aifs.client.Assets;
import io.aifs.client.ProofDemand;
import io.aifs.client.RangeRead;
import io.aifs.client.ReadTarget;
import io.aifs.schemas.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An asset of the store as a source, read in windows: each read near the one before costs no round
 * trip. For one thread at a time.
 */
final class AssetSource implements ByteSource {
  private static final int WINDOW_BYTES = 64 << 10;

  /** What a window grows to as long as each read goes on from the one before. */
  private static final int WINDOW_BYTES_MAX = 4 << 20;

  private final Assets assets;
  private final ReadTarget target;
  private final long size;
  private byte[] window = {};
  private long start;

  /**
   * @param size of the asset
   */
  AssetSource(Assets assets, ReadTarget target, long size) {
    this.assets = assets;
    this.target = target;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    ByteSource.requireInside(this, offset, length);
    if (offset < start || offset + length > start + window.length) {
      boolean onwards = offset >= start && offset <= start + window.length;
      int wanted = onwards ? Math.min(2 * window.length, WINDOW_BYTES_MAX) : WINDOW_BYTES;
      long count = Math.min(Math.max(length, Math.max(wanted, WINDOW_BYTES)), size - offset);
      window = fetch(offset, (int) count);
      start = offset;
    }
    int from = (int) (offset - start);
    return Arrays.copyOfRange(window, from, from + length);
  }

  private byte[] fetch(long offset, int count) throws IOException {
    try (RangeRead read =
        assets.readRange(target, offset, Optional.of((long) count), ProofDemand.IF_OFFERED)) {
      byte[] bytes = read.bytes().readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException("the asset is shorter than it was said to be");
      }
      return bytes;
    }
  }
}
