package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PutTally;

/**
 * Content whose chunks are stored, though not synced yet.
 *
 * @param manifest as {@link io.aifs.server.catalog.AssetRow#manifest}
 */
@SuppressWarnings("ArrayRecordComponent") // a blob on its way to the catalog; never compared
record WrittenContent(Digest id, long size, byte[] manifest, PutTally tally) {}
