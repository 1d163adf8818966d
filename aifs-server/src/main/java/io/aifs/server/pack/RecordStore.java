package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sealed records of one domain, keyed by stored id. Thread-safe.
 *
 * <p>A record is readable once {@link #append} returns; it survives a crash once a {@link #sync}
 * that began later has returned <em>and</em> the packs it names are in the catalog's ledger. Every
 * implementation passes {@code RecordStoreContract}.
 */
public interface RecordStore extends AutoCloseable {
  /**
   * Those of {@code ids} that no record has, or only such that need a base which no other record
   * has.
   */
  Set<Digest> missing(Collection<Digest> ids) throws IOException;

  /**
   * Stores the records; one whose id is stored already is skipped. Each may be in any pack. One
   * that needs a base may be {@link #missing} afterwards, as its base may have been condemned: then
   * its content is to be appended in full.
   */
  void append(List<PackRecord> records) throws IOException;

  /**
   * Reads records by id. Absent ids are absent from the result.
   *
   * @throws DamagedRecordException if a record's bytes fail their checksum
   */
  Map<Digest, PackRecord> getAll(Collection<Digest> ids) throws IOException;

  /**
   * As {@link #getAll}, but only of records that need no base themselves: what may serve as one.
   *
   * @throws DamagedRecordException if a record's bytes fail their checksum
   */
  Map<Digest, PackRecord> getBases(Collection<Digest> ids) throws IOException;

  /**
   * Makes everything appended before this call durable. Concurrent calls share one sync. Returns
   * the packs that the next catalog write has to record, with their whole lengths.
   *
   * @throws IOException if it may not be; what was appended since the last good sync is then
   *     forgotten and {@link #missing} again, and {@link #losses} has risen
   */
  List<LivePack> sync() throws IOException;

  /**
   * How often records that were readable have been forgotten, because a sync of them failed. Who
   * found a record present, or appended it, and then syncs, must see the same number before the
   * first and after the last of these calls; else the record may be gone, and all of it is to be
   * done again.
   */
  long losses();

  /** Says that the catalog now holds these; they are left out of later {@link #sync} results. */
  void recorded(List<LivePack> packs);

  /**
   * Visits every record of every live pack in order of position, reading each byte once. Damage is
   * reported to the visitor and skipped; what lies behind it is still visited.
   */
  void scan(RecordVisitor visitor) throws IOException;

  /** Seals the open pack and releases files. Packs sealed here are returned to be recorded. */
  List<LivePack> seal() throws IOException;

  /** Pack files that are neither live nor this process's own: left by a crash. */
  List<String> orphans() throws IOException;

  /**
   * Says that the catalog does not name these packs any more: their records are no longer found,
   * unless another pack has them too, and their files are deleted. Packs that are not there are
   * ignored. After a failure files may be left, as {@link #orphans}.
   *
   * @throws IllegalArgumentException if this process may still write to one of them or has not
   *     synced it: {@link #seal} first; nothing is forgotten then
   */
  void forget(Collection<PackId> packs) throws IOException;

  /** Bytes of all live packs on disk, this process's unsynced tail included. */
  long storedBytes();

  @Override
  void close() throws IOException;
}
