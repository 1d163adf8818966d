package io.aifs.server;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.server.chunk.DictionaryPlan;
import io.aifs.server.engine.AssetService;
import io.aifs.server.pack.PackOptions;

/**
 * Sizes that decide how a store lays its data out; nothing here changes what it promises. A test
 * makes them small, so that little data crosses many boundaries.
 *
 * @param chunker where new namespaces cut their content
 * @param uploadBatchBytes content of an upload that is gathered before it is stored
 */
record StoreTuning(
    PackOptions packs,
    ChunkerParameters chunker,
    int uploadBatchBytes,
    DictionaryPlan dictionaries) {
  static final StoreTuning DEFAULT =
      new StoreTuning(
          PackOptions.DEFAULT,
          ChunkerParameters.DEFAULT,
          AssetService.UPLOAD_BATCH_BYTES,
          DictionaryPlan.DEFAULT);
}
