package io.aifs.server.engine;

import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import java.time.Instant;

/**
 * Puts that are visible at once.
 *
 * @param folder told of what is put
 * @param rules what may be put
 * @param discreet as of {@link AssetCommit}
 */
record VisiblePuts(Folder folder, AssetRules rules, boolean discreet) implements PutTarget {
  @Override
  public void requireOpen(CatalogReader reader) {
    // always
  }

  @Override
  public boolean isDiscreet() {
    return discreet;
  }

  @Override
  public AssetCommit.Outcome take(
      CatalogWriter writer, NamespaceRow namespace, AssetPut put, Instant now) {
    return put.applyTo(writer, namespace, rules, discreet, now);
  }

  @Override
  public void taken(NamespaceRow namespace, AssetPut put) {
    folder.changed(namespace, put.branch(), Math.max(1, put.paths().size()));
  }

  @Override
  public void close() {
    // holds nothing
  }
}
