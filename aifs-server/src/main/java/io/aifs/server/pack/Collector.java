package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds and removes the records of one domain that nothing needs. Its callers take turns; puts and
 * reads go on beside it, held up for no longer than a batch takes.
 *
 * <p>A record's <em>places</em> are the packs and offsets of its copies. A hidden copy counts as
 * missing for puts, and is still read. Marks and hidden copies are kept in memory; a restart
 * forgets the marks, and hides what the catalog has condemned.
 */
public interface Collector {
  /** Forgets all marks; records that are appended from now on are marked. */
  void beginMarking() throws IOException;

  /**
   * Marks one visible copy of each id, and of what that needs as its base; unknown ids are ignored.
   *
   * @return the ids that have hidden copies only, or need a base that has
   */
  Set<Digest> mark(Collection<Digest> ids);

  /** What each pack holds, and how much of it is marked and hidden; in no order. */
  List<PackTally> tally() throws IOException;

  /**
   * Hides what is neither marked nor hidden in these packs.
   *
   * @return its offsets in each pack, in order; packs without any are absent
   */
  Map<PackId, int[]> hideUnmarked(Set<PackId> packs);

  /** Ends marking: records that are appended from now on are not marked any more. */
  void endMarking();

  /** Shows hidden copies again; places that are not there are ignored. */
  void show(Map<PackId, int[]> places);

  /**
   * Shows a copy of each id that has hidden copies only, and what that needs as its base; returns
   * where these are, in order.
   */
  Map<PackId, int[]> rescue(Collection<Digest> ids) throws IOException;

  /** Every pack that this process reads or writes, recorded or not. */
  Set<PackId> known();

  /** Those of {@code ids} that have no copy at all. */
  Set<Digest> absent(Collection<Digest> ids) throws IOException;

  /**
   * Copies what is to be kept of packs into new ones, byte for byte, and makes these durable. A
   * record is left behind if its place is among {@code dead} and it is hidden. Nothing finds the
   * copies before {@link #swap}. A pack with damage is left out unless it holds nothing else.
   *
   * <p>What a record that stays needs as its base, and has no other copy of, is kept and shown,
   * dead or not.
   *
   * @param dead packs that are no longer written, with offsets in order
   * @param due the same of all packs that are to be compacted, now or later: these records do not
   *     stay
   */
  Compaction compact(Map<PackId, int[]> dead, Map<PackId, int[]> due) throws IOException;

  /** The same, where nothing is to be compacted later. */
  default Compaction compact(Map<PackId, int[]> dead) throws IOException {
    return compact(dead, dead);
  }

  /** Finds the copies from now on, and the replaced packs no more. The catalog has to agree. */
  void swap(Compaction compaction);

  /** Gives up copies that the catalog did not take; their files are orphans now. */
  void discard(Compaction compaction);

  /** Deletes the files of packs that were replaced; a failure leaves some as orphans. */
  void delete(Collection<PackId> packs) throws IOException;
}
