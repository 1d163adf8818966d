package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.CatalogWriter;

/**
 * One call that changed the catalog, by the topic it was made on. To add one, add a record to its
 * topic's interface and its bytes to that topic's codec; the compiler then asks for the recording.
 */
public sealed interface JournalOp
    permits NamespaceOp,
        AssetOp,
        TreeOp,
        WorkingOp,
        EventOp,
        LedgerOp,
        StoreOp,
        SnapshotOp,
        RefOp,
        AssociationOp,
        PolicyOp,
        TokenOp,
        AuditOp,
        EmbeddingOp {
  /** Makes the call again, on a catalog in the state that it was made in. */
  void apply(CatalogWriter writer);
}
