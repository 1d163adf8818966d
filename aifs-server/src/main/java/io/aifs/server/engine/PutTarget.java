package io.aifs.server.engine;

import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import java.time.Instant;

/**
 * Where a put goes whose content is stored: into the catalog, or into a transaction. For one put,
 * which closes it in the end.
 */
public interface PutTarget extends AutoCloseable {
  /**
   * Refuses if it takes no puts, or none any more: asked before content is stored, and again in the
   * catalog write.
   */
  void requireOpen(CatalogReader reader);

  /** Whether nobody may be told what is there, or would be by the time that a put takes. */
  boolean isDiscreet();

  /** Takes a put, in a catalog write that has recorded its packs. */
  AssetCommit.Outcome take(CatalogWriter writer, NamespaceRow namespace, AssetPut put, Instant now);

  /** Says that the write is done. */
  void taken(NamespaceRow namespace, AssetPut put);

  @Override
  void close();
}
