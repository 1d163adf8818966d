package io.aifs.server.engine.journal;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.PendingTransaction;
import io.aifs.server.catalog.journal.JournalMalformedException;
import io.aifs.server.catalog.journal.TablePageCodec;
import io.aifs.server.chunk.RecordOpener;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackSalvage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes a catalog from the journal's packs alone. */
public final class CatalogRebuilder {
  private final PackSalvage packs;
  private final RecordOpener opener;
  private final Clock clock;
  private final List<String> losses = new ArrayList<>();

  /**
   * @param packs of the journal's domain
   * @param opener with the keys of the journal's domain
   */
  public CatalogRebuilder(PackSalvage packs, RecordOpener opener, Clock clock) {
    this.packs = packs;
    this.opener = opener;
    this.clock = clock;
  }

  /**
   * Fills {@code target} with the newest checkpoint and the transactions after it. What a damaged
   * record held is missing and reported; everything else is there.
   *
   * @throws AifsException.Corrupt if there is no journal to rebuild from
   */
  public RebuildReport run(CatalogTarget target) throws IOException {
    JournalMap map = JournalMap.of(packs, opener);
    if (map.isEmpty()) {
      throw new AifsException.Corrupt(
          Reason.CATALOG_DAMAGED,
          "no record of the journal is readable in packs/",
          "check that packs/ and keys/ are those of this store, or restore the data directory from"
              + " a backup; nothing was changed");
    }
    Optional<FoundCheckpoint> checkpoint =
        map.checkpoints().stream().max(FoundCheckpoint.BEST_LAST);
    if (checkpoint.isPresent()) {
      load(checkpoint.get(), map, target);
    }
    Catalog catalog = target.catalog();
    long start = checkpoint.map(FoundCheckpoint::sequence).orElse(0L);
    Replay replay = new Replay(catalog, start, losses);
    replay(map, replay);
    finish(catalog, replay.newest());
    List<String> repairs = losses.isEmpty() ? List.of() : target.repair(clock.instant());
    return new RebuildReport(
        start,
        replay.applied(),
        replay.newest(),
        map.damage(),
        losses,
        repairs,
        catalog.check().stream().map(CatalogProblem::sentence).toList());
  }

  private void load(FoundCheckpoint checkpoint, JournalMap map, CatalogTarget target)
      throws IOException {
    if (!checkpoint.whole()) {
      losses.add("missing: " + checkpoint.gap());
    }
    boolean begun = false;
    for (JournalMap.Body page : checkpoint.pages().values()) {
      byte[] body = map.read(page);
      try {
        if (!begun) {
          target.begin(ByteBuffer.wrap(body).getInt());
          begun = true;
        }
        target.add(TablePageCodec.decode(Arrays.copyOfRange(body, Integer.BYTES, body.length)));
      } catch (JournalMalformedException | IllegalArgumentException e) {
        losses.add("page " + page.head().number() + " of the checkpoint: " + e.getMessage());
      }
    }
  }

  private void replay(JournalMap map, Replay replay) throws IOException {
    for (JournalMap.Body body : map.transactions()) {
      if (body.head().sequence() + body.head().number() <= replay.newest()) {
        continue;
      }
      try {
        for (PendingTransaction each : RecordBodies.transactions(body.head(), map.read(body))) {
          replay.add(each);
        }
      } catch (JournalMalformedException e) {
        losses.add("transactions from " + body.head().sequence() + " on: " + e.getMessage());
      }
    }
    replay.flush();
  }

  /** The journal goes on where it was, over the packs that were found. */
  private void finish(Catalog catalog, long newest) {
    List<LivePack> found = packs.found();
    var _ =
        catalog.<Boolean>write(
            writer -> {
              Set<PackId> gone = new TreeSet<>();
              writer.ledger().packs(JournalDomain.ID).forEach(pack -> gone.add(pack.id()));
              writer.ledger().commit(List.of(), gone);
              writer.ledger().commit(found, List.of());
              writer.journal().restoreSequence(newest);
              return true;
            });
  }
}
