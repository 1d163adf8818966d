package io.aifs.server.chunk;

import io.aifs.crypto.RecordType;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.model.PutTally;
import io.aifs.server.pack.RecordVisitor;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * A {@link ChunkSource} to write to. A chunk is readable once {@link #putAll} returns, and survives
 * a crash once a later {@link #sync} has returned and the packs it names are in the catalog.
 */
public interface ChunkStore extends ChunkSource, AutoCloseable {
  /** Stores those that are not stored yet. */
  PutTally putAll(RecordType type, List<Chunk> chunks) throws IOException;

  /** Makes everything put before durable; returns the packs for the next catalog write. */
  List<LivePack> sync() throws IOException;

  /**
   * How often readable chunks have been forgotten because a sync failed. Whoever put chunks, or
   * found them present, and then synced must see the same number before and after; else some may be
   * gone, and all is to be put again.
   */
  long losses();

  /** Says that the catalog holds these packs now. */
  void recorded(List<LivePack> packs);

  /** Ends the open pack with its index; returns the packs for a last catalog write. */
  List<LivePack> seal() throws IOException;

  /**
   * Visits every record of the domain.
   *
   * @param open also open and digest each, not only its checksums; one that fails is reported as
   *     damage
   */
  void scan(boolean open, RecordVisitor visitor) throws IOException;

  /** Pack files that nothing names: left by a crash, safe to delete. */
  List<String> orphans() throws IOException;

  /** As {@link io.aifs.server.pack.RecordStore#forget}. */
  void forget(Collection<PackId> packs) throws IOException;

  /** Bytes of this domain's packs on disk. */
  long storedBytes();

  @Override
  void close() throws IOException;
}
