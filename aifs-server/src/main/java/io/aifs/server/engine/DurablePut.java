package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.List;

/**
 * Puts and dedup hits that must all be durable at the end. A failed sync of anybody's, in between,
 * may have lost some of them: then this put fails too, since its chunks are not there any more.
 */
public final class DurablePut {
  private final ChunkStore store;
  private final long lossesBefore;

  /** To be made before the first chunk is put or looked up. */
  public DurablePut(ChunkStore store) {
    this.store = store;
    this.lossesBefore = store.losses();
  }

  /** Where the chunks go. */
  public ChunkStore store() {
    return store;
  }

  /** Makes everything put since durable; returns the packs for the catalog write. */
  public List<LivePack> sync() throws IOException {
    List<LivePack> packs = store.sync();
    if (store.losses() != lossesBefore) {
      throw new AifsException.Unavailable(
          Reason.IO_FAILED,
          "the disk failed while the content was being stored",
          "put it again; if that fails too, look at the disk",
          null);
    }
    return packs;
  }
}
