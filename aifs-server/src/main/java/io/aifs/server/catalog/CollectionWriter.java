package io.aifs.server.catalog;

import io.aifs.crypto.DomainId;
import io.aifs.server.model.PackId;
import java.time.Instant;
import java.util.Collection;

/** Keeps account of collections. None of it is needed to read an asset. */
public interface CollectionWriter extends CollectionReader {
  /** Begins a run that has condemned nothing yet, and returns its number; none is used again. */
  long begin(DomainId domain, long sequence, Instant condemnedAt, Instant deleteAfter);

  /** Says what a run has condemned in a pack, in place of what it had; nothing if empty. */
  void condemn(CondemnedPack condemned);

  /** Forgets what is condemned in packs that are gone. */
  void forgetPacks(Collection<PackId> packs);

  /** Says that a run is done but for what it has left; one that has nothing left is forgotten. */
  void finish(long run);

  /** Forgets a run and what it has condemned. */
  void undo(long run);

  /** Replaces the orphans: those known already keep the time when they were first seen. */
  void setOrphans(Collection<PackId> packs, Instant now);
}
