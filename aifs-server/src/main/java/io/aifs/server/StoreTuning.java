package io.aifs.server;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.chunk.DictionaryPlan;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.Folder;
import io.aifs.server.pack.PackOptions;
import java.util.function.UnaryOperator;

/**
 * Sizes that decide how a store lays its data out; nothing here changes what it promises. A test
 * makes them small, so that little data crosses many boundaries.
 *
 * @param chunker where new namespaces cut their content
 * @param uploadBatchBytes content of an upload that is gathered before it is stored
 * @param chunkStores stands before the store of a domain; a test tells it more of chunks than is
 *     known of them
 * @param foldRows an overlay of a working state that has so many rows is made into tree nodes
 */
record StoreTuning(
    PackOptions packs,
    ChunkerParameters chunker,
    int uploadBatchBytes,
    DictionaryPlan dictionaries,
    int foldRows,
    UnaryOperator<ChunkStore> chunkStores) {
  static final StoreTuning DEFAULT =
      new StoreTuning(
          PackOptions.DEFAULT,
          ChunkerParameters.DEFAULT,
          AssetService.UPLOAD_BATCH_BYTES,
          DictionaryPlan.DEFAULT,
          Folder.ROWS_MAX,
          UnaryOperator.identity());
}
