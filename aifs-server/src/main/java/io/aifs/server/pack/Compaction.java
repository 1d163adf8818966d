package io.aifs.server.pack;

import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.List;
import java.util.Set;

/**
 * Packs that can take the place of others, once the catalog says so.
 *
 * @param added durable packs that hold what is kept
 * @param replaced packs that are not needed then
 * @param damaged packs that were to be replaced, and are left because they do not read back
 * @param hidden where condemned records that are not dead yet went
 */
public record Compaction(
    List<LivePack> added,
    Set<PackId> replaced,
    Set<PackId> damaged,
    List<HiddenMove> hidden,
    RecordMoves moves) {
  public Compaction {
    added = List.copyOf(added);
    replaced = Set.copyOf(replaced);
    damaged = Set.copyOf(damaged);
    hidden = List.copyOf(hidden);
  }

  /** A condemned record that was copied. */
  public record HiddenMove(PackId from, int fromOffset, PackId to, int toOffset) {}
}
