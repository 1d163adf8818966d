package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.PendingTransaction;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A log in memory that fails when it is told to. Thread-safe. */
public final class MemoryJournalLog implements JournalLog {
  private final Map<Long, byte[]> transactions = new TreeMap<>();
  private final List<Integer> batches = new ArrayList<>();
  private boolean failing;

  @Override
  public synchronized List<LivePack> append(List<PendingTransaction> appended) throws IOException {
    batches.add(appended.size());
    if (failing) {
      throw new IOException("the log's disk is full");
    }
    appended.forEach(each -> transactions.put(each.sequence(), each.payload()));
    return List.of();
  }

  @Override
  public void recorded(List<LivePack> packs) {}

  synchronized void fail(boolean fails) {
    failing = fails;
  }

  /** How often it was appended to, with success or without. */
  synchronized int attempts() {
    return batches.size();
  }

  synchronized List<Long> sequences() {
    return List.copyOf(transactions.keySet());
  }

  synchronized byte[] payload(long sequence) {
    return transactions.getOrDefault(sequence, new byte[0]);
  }
}
