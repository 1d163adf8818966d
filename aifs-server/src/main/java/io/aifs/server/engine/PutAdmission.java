package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import java.util.OptionalLong;

/** Refuses uploads before their content is read, as far as it is known what they will come to. */
record PutAdmission(Catalog catalog, AssetRules rules) {
  /**
   * Returns how much may be in the namespace.
   *
   * @param target closed if the upload is refused
   * @throws AifsException.InvalidRequest if the header breaks a limit
   * @throws AifsException.Precondition if the namespace's policy does not allow it
   * @throws AifsException.LimitExceeded if the namespace is over its quota
   */
  StorageQuota require(NamespaceRow namespace, PutHeader header, PutTarget target) {
    boolean taken = false;
    try {
      requireValid(namespace, header);
      StorageQuota quota = rules.expected(namespace.number()).quota();
      taken =
          catalog.read(
              reader -> {
                target.requireOpen(reader);
                requireUsable(reader, namespace, header);
                if (!quota.isNone()) {
                  quota.requireNotOver(reader.assets().totals(namespace.number()));
                }
                return true;
              });
      return quota;
    } finally {
      if (!taken) {
        target.close();
      }
    }
  }

  private void requireValid(NamespaceRow namespace, PutHeader header) {
    Metadata.requireOfAsset(header.metadata());
    if (header.parents().size() > Limits.PARENTS_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "parents",
          "there are over " + Limits.PARENTS_MAX + " parents",
          "group the parents into an artifact and name that");
    }
    int bytes = header.embedding().length;
    if (bytes % Float.BYTES != 0 || bytes > Limits.EMBEDDING_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "embedding",
          "the embedding is not 1 to 4,096 little-endian float32 values: " + bytes + " bytes",
          "send 4 bytes for each dimension");
    }
    AssetRules.Rule rule = rules.expected(namespace.number());
    if (bytes > 0) {
      rule.embeddings().requireSpace(header.embeddingSpace());
    }
    rule.require(
        new AssetFacts(
            header.kind(), OptionalLong.empty(), header.metadata(), header.parents().size()),
        () -> header.placement().map(at -> at.path().value()).orElse(""));
  }

  private static void requireUsable(
      CatalogReader reader, NamespaceRow namespace, PutHeader header) {
    if (header.embedding().length > 0) {
      EmbeddingSpace space =
          reader
              .embeddings()
              .space(namespace.number(), header.embeddingSpace())
              .map(SpaceRow::space)
              .orElseGet(() -> EmbeddingSpace.ofDimension(header.embedding().length / Float.BYTES));
      var _ = VectorRules.require(header.embedding(), space, "embedding", "the embedding");
    }
  }
}
