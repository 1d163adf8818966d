package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.model.AssetInfo;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  /** A piece of a chunk; the array is not to be changed. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Piece(byte[] bytes, int offset, int length) {}

  /** The pieces of a range, in order; empty if not all of them are in memory. */
  public Optional<List<Piece>> read(long offset, long length) {
    List<Piece> pieces = new ArrayList<>();
    try {
      reader.read(
          offset, length, (bytes, from, count) -> pieces.add(new Piece(bytes, from, count)));
      return Optional.of(pieces);
    } catch (IOException | AifsException.Corrupt _) {
      return Optional.empty(); // a chunk or a page of the list is not here
    }
  }
}
