package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.file.Disk;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Copies what is to be kept of packs into new packs. */
final class Compactor {
  private static final int BUFFER_BYTES = 4 << 20;

  private final Disk disk;
  private final RecordIndex index;
  private final NewPacks newPacks;
  private final Pace pace;

  Compactor(Disk disk, RecordIndex index, NewPacks newPacks, Pace pace) {
    this.pace = pace;
    this.disk = disk;
    this.index = index;
    this.newPacks = newPacks;
  }

  /**
   * See {@link Collector#compact}.
   *
   * @param bases what records that stay need as their base and would have no more
   * @param whole those of the packs in which nothing is to be kept
   */
  Compaction compact(
      List<PackFile> packs, Map<PackId, int[]> dead, Set<RecordKey> bases, Set<PackId> whole)
      throws IOException {
    Run run = new Run(dead, bases);
    boolean finished = false;
    try {
      for (PackFile pack : packs) {
        if (whole.contains(pack.id()) || run.copy(pack)) {
          run.replaced.add(pack.id());
        } else {
          run.damaged.add(pack.id());
        }
      }
      List<LivePack> added = run.output.finish();
      finished = true;
      return new Compaction(added, run.replaced, run.damaged, run.hidden, run.moves);
    } finally {
      if (!finished) {
        run.output.discard();
      }
    }
  }

  /** The copies of one compaction so far. */
  private final class Run {
    private final Map<PackId, int[]> dead;
    private final Set<RecordKey> bases;
    private final CompactionOutput output = new CompactionOutput(newPacks);
    private final RecordMoves moves = new RecordMoves();
    private final List<Compaction.HiddenMove> hidden = new ArrayList<>();
    private final Set<PackId> replaced = new HashSet<>();
    private final Set<PackId> damaged = new HashSet<>();
    private final byte[] buffer = new byte[BUFFER_BYTES];

    Run(Map<PackId, int[]> dead, Set<RecordKey> bases) {
      this.dead = dead;
      this.bases = bases;
    }

    /** Copies a pack; returns false, having forgotten its copies, if it does not read back. */
    boolean copy(PackFile pack) throws IOException {
      int movesBefore = moves.count();
      int hiddenBefore = hidden.size();
      List<PackDamage> damage = new ArrayList<>();
      try (PackContents contents =
          PackContents.open(disk, pack, pack.extent(), buffer, damage::add)) {
        contents.checkHeader(newPacks.domain());
        List<IndexEntry> said = contents.index();
        if (said == null) {
          contents.walk(new Walk(pack, contents));
        } else {
          for (IndexEntry entry : said) {
            keep(pack, contents, entry);
          }
        }
        contents.damagedTail();
      } catch (NoSuchFileException _) {
        damage.add(PackContents.missing(pack));
      }
      if (!damage.isEmpty()) {
        moves.cut(movesBefore);
        hidden.subList(hiddenBefore, hidden.size()).clear();
      }
      return damage.isEmpty();
    }

    private void keep(PackFile pack, PackContents contents, IndexEntry said) throws IOException {
      pace.step();
      int position = said.position();
      long from = Location.of(pack.ordinal(), position, said.totalBytes());
      long kept = index.kept(said.key(), from);
      boolean isHidden = kept < 0;
      if (kept == 0) {
        return;
      }
      if (isHidden && isDead(pack, position)) {
        if (said.base() != null || !bases.contains(said.key())) {
          return;
        }
        index.show(said.key(), from); // the catalog forgets it with the pack that it was in
        isHidden = false;
      }
      PackWindow window = contents.window();
      RecordHeader header =
          window.has(position, said.totalBytes())
              ? RecordHeader.read(
                  window.bytes(), window.at(position), window.at(position) + said.totalBytes())
              : null;
      if (header == null
          || header.totalBytes() != said.totalBytes()
          || !said.key().isOf(header.id())
          || !RecordBytes.payloadHolds(header, window.bytes(), window.at(position))) {
        contents.damage(
            position, said.totalBytes(), "record " + said.key() + " does not read back");
        return;
      }
      long to = output.append(window.bytes(), window.at(position), header);
      moves.add(said.key(), from, to);
      if (isHidden) {
        PackId target = newPacks.packs().get(Location.ordinal(to)).id();
        hidden.add(new Compaction.HiddenMove(pack.id(), position, target, Location.offset(to)));
      }
    }

    private boolean isDead(PackFile pack, int position) {
      int[] offsets = dead.getOrDefault(pack.id(), new int[0]);
      return Arrays.binarySearch(offsets, position) >= 0;
    }

    /** The records of a pack without an index. */
    private final class Walk implements PackWalk.Sink {
      private final PackFile pack;
      private final PackContents contents;

      Walk(PackFile pack, PackContents contents) {
        this.pack = pack;
        this.contents = contents;
      }

      @Override
      public void record(long position, RecordHeader header) throws IOException {
        RecordKey key = RecordKey.of(header.id());
        Digest base = header.base();
        RecordKey baseKey = base == null ? null : RecordKey.of(base);
        keep(pack, contents, new IndexEntry(key, (int) position, header.totalBytes(), baseKey));
      }

      @Override
      public void lost(long position, long lengthBytes) {
        contents.damage(position, lengthBytes, "no record header holds here");
      }
    }
  }
}
