package io.aifs.server.catalog;

import io.aifs.crypto.Digest;
import java.util.List;

/**
 * What is kept of a deleted asset so that it can come back.
 *
 * @param manifest as {@link AssetRow#manifest}
 * @param embeddings those it had
 */
@SuppressWarnings("ArrayRecordComponent") // a blob column; never compared
public record KeptAsset(Digest id, long size, byte[] manifest, List<EmbeddingRow> embeddings) {
  public KeptAsset {
    embeddings = List.copyOf(embeddings);
  }
}
