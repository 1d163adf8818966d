package io.aifs.server.engine;

import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.CondemnedPack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.Compaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The catalog's side of a compaction, in one write: packs swapped, and what is condemned follows.
 */
record CompactionRecord(Compaction compaction, DeadRecords dead) {
  private record Place(PackId pack, int offset) {}

  private record Part(PackId pack, long run) {}

  /** What one run has condemned in one new pack, so far. */
  private static final class Moved {
    private final IntStream.Builder offsets = IntStream.builder();
    private double bytes;

    void add(int offset, double recordBytes) {
      offsets.add(offset);
      bytes += recordBytes;
    }
  }

  /** Applies it; may run more than once. */
  boolean applyTo(CatalogWriter writer) {
    Map<Part, Moved> moved = moved(writer);
    writer.ledger().commit(compaction.added(), compaction.replaced());
    writer.collection().forgetPacks(compaction.replaced());
    moved.forEach(
        (part, to) -> {
          int[] sorted = to.offsets.build().sorted().toArray();
          writer
              .collection()
              .condemn(new CondemnedPack(part.pack(), part.run(), Math.round(to.bytes), sorted));
        });
    return true;
  }

  private Map<Part, Moved> moved(CatalogWriter writer) {
    Map<Place, Place> places = new HashMap<>();
    for (Compaction.HiddenMove move : compaction.hidden()) {
      places.put(new Place(move.from(), move.fromOffset()), new Place(move.to(), move.toOffset()));
    }
    Map<Part, Moved> moved = new HashMap<>();
    if (places.isEmpty()) {
      return moved;
    }
    for (PackId pack : compaction.replaced()) {
      List<CondemnedPack> condemned = writer.collection().condemned(pack);
      for (CondemnedPack part : condemned) {
        if (!dead.isDue(part.run())) {
          for (int offset : part.offsets()) {
            Place to = places.get(new Place(pack, offset));
            if (to != null) {
              moved
                  .computeIfAbsent(new Part(to.pack(), part.run()), _ -> new Moved())
                  .add(to.offset(), (double) part.bytes() / part.offsets().length);
            }
          }
        }
      }
    }
    return moved;
  }
}
