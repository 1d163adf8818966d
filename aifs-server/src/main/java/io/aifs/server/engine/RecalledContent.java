package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.model.AssetInfo;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.Optional;

/** An asset as far as it is in memory. Thread-safe; no call touches the disk. */
public final class RecalledContent {
  private final AssetRow row;
  private final ContentReader reader;

  RecalledContent(AssetRow row, ChunkSource recalled) {
    this.row = row;
    this.reader = new ContentReader(row, recalled, Runnable::run);
  }

  public AssetInfo info() {
    return row.info();
  }

  /**
   * See {@link ContentReader#requireRange}.
   *
   * @throws AifsException.InvalidRequest if it begins outside the content
   */
  public long requireRange(long offset, Optional<Long> length) {
    return reader.requireRange(offset, length);
  }

  /**
   * Hands a range to the sink; false if not all of it is in memory, and then what the sink was
   * given is of no use.
   *
   * @throws IOException what the sink throws
   */
  public boolean read(long offset, long length, ContentReader.Sink sink) throws IOException {
    try {
      reader.read(offset, length, sink);
      return true;
    } catch (AifsException.Corrupt _) {
      return false; // a chunk or a page of the list is not here
    }
  }
}
