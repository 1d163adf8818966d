package io.aifs.server.catalog;

import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.Collection;

/** Changes the set of live packs. */
public interface LedgerWriter extends LedgerReader {
  /**
   * Adds packs, or raises what is known of them (a synced length never shrinks, sealed stays), and
   * drops those that were replaced, in one step.
   */
  void commit(Collection<LivePack> added, Collection<PackId> replaced);

  void putKeyFile(String name, byte[] content);
}
