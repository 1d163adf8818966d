package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PutTally;

/**
 * Content whose chunks are stored, though not synced yet.
 *
 * @param manifest as {@link io.aifs.server.catalog.AssetRow#manifest}
 */
@SuppressWarnings("ArrayRecordComponent") // a blob on its way to the catalog; never compared
record WrittenContent(Digest id, long size, byte[] manifest, PutTally tally) {
  /**
   * What a put of it is answered.
   *
   * @param shared whether others put into the domain, of whose content the tally would tell
   * @param problem why it is not what its kind demands; empty if it is, or nobody looked
   */
  PutResult result(long version, boolean shared, String problem) {
    return new PutResult(id, size, shared ? tally.told(size) : tally, version, problem);
  }
}
