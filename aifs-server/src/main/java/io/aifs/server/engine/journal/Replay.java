package io.aifs.server.engine.journal;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.PathEntry;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.PendingTransaction;
import io.aifs.server.catalog.journal.JournalMalformedException;
import io.aifs.server.catalog.journal.JournalOp;
import io.aifs.server.catalog.journal.OpCodec;
import io.aifs.server.catalog.journal.TreeOp;
import java.util.ArrayList;
import java.util.List;

/**
 * Does transactions again, in order, many in one write. One that fails, which only happens behind a
 * gap, is done as far as it goes.
 */
final class Replay {
  private static final int BATCH_TRANSACTIONS = 256;
  private static final int BATCH_BYTES = 4 << 20;

  private final Catalog catalog;
  private final List<String> losses;
  private final List<Decoded> batch = new ArrayList<>();
  private long batchBytes;
  private long newest;
  private long applied;

  private record Decoded(long sequence, List<JournalOp> ops) {}

  /**
   * @param newest the last transaction that the catalog shows
   */
  Replay(Catalog catalog, long newest, List<String> losses) {
    this.catalog = catalog;
    this.newest = newest;
    this.losses = losses;
  }

  /** The last transaction that was seen. */
  long newest() {
    return newest;
  }

  long applied() {
    return applied;
  }

  /** Takes a transaction; one that the catalog shows already is left out. */
  void add(PendingTransaction transaction) {
    if (transaction.sequence() <= newest) {
      return;
    }
    if (transaction.sequence() > newest + 1) {
      losses.add("missing: transactions " + (newest + 1) + " to " + (transaction.sequence() - 1));
    }
    newest = transaction.sequence();
    try {
      batch.add(new Decoded(newest, OpCodec.decode(transaction.payload())));
      batchBytes += transaction.payload().length;
    } catch (JournalMalformedException e) {
      losses.add("transaction " + newest + ": " + e.getMessage());
    }
    if (batch.size() >= BATCH_TRANSACTIONS || batchBytes >= BATCH_BYTES) {
      flush();
    }
  }

  /** Applies what was taken. */
  void flush() {
    List<JournalOp> all = batch.stream().flatMap(each -> each.ops().stream()).toList();
    if (!tryAll(all)) {
      for (Decoded each : batch) {
        if (!tryAll(each.ops())) {
          each.ops().forEach(op -> applyAlone(each.sequence(), op));
        }
      }
    }
    applied += batch.size();
    batch.clear();
    batchBytes = 0;
  }

  private boolean tryAll(List<JournalOp> ops) {
    try {
      write(ops);
      return true;
    } catch (IllegalStateException | IllegalArgumentException | AifsException e) {
      requireDisk(e);
      return false; // what is wrong is found when they are tried one by one
    }
  }

  private void applyAlone(long sequence, JournalOp op) {
    try {
      write(List.of(op));
    } catch (IllegalStateException | IllegalArgumentException | AifsException e) {
      requireDisk(e);
      if (op instanceof TreeOp.PutAll put && put.entries().size() > 1) {
        for (PathEntry entry : put.entries()) {
          applyAlone(sequence, new TreeOp.PutAll(put.namespace(), put.branch(), List.of(entry)));
        }
      } else {
        losses.add("transaction " + sequence + ", " + described(op) + ": " + e.getMessage());
      }
    }
  }

  /**
   * A disk that is full or fails ends the rebuild: nothing of the journal is lost by that. A row
   * that contradicts what is there costs no more than itself.
   */
  private static void requireDisk(RuntimeException failure) {
    switch (failure) {
      case AifsException.LimitExceeded full -> throw full;
      case AifsException.Unavailable failing -> throw failing;
      case AifsException.Failed broken when broken.reason() != Reason.INTERNAL -> throw broken;
      default -> {}
    }
  }

  private void write(List<JournalOp> ops) {
    var _ =
        catalog.<Boolean>write(
            writer -> {
              ops.forEach(op -> op.apply(writer));
              return true;
            });
  }

  private static String described(JournalOp op) {
    return op instanceof TreeOp.PutAll put
        ? "path '" + put.entries().getFirst().path() + "'"
        : op.getClass().getSimpleName();
  }
}
