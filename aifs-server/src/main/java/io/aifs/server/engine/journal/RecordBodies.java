package io.aifs.server.engine.journal;

import io.aifs.core.Limits;
import io.aifs.server.catalog.PendingTransaction;
import io.aifs.server.catalog.journal.JournalMalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts transactions and pages into records, and transactions out of them. */
final class RecordBodies {
  private static final int BODY_BYTES_MAX = Limits.CHUNK_BYTES_MAX - RecordHead.BYTES;

  /** Sequence and length in front of each payload. */
  private static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

  /** As many transactions to a record as fit; one that does not fit alone is spread over parts. */
  static List<byte[]> ofTransactions(List<PendingTransaction> transactions) {
    List<byte[]> records = new ArrayList<>();
    int from = 0;
    while (from < transactions.size()) {
      long bytes = entryBytes(transactions.get(from));
      int to = from + 1;
      while (to < transactions.size()
          && bytes + entryBytes(transactions.get(to)) <= BODY_BYTES_MAX) {
        bytes += entryBytes(transactions.get(to));
        to++;
      }
      List<PendingTransaction> taken = transactions.subList(from, to);
      records.addAll(
          split(
              RecordHead.Kind.TRANSACTIONS,
              taken.getFirst().sequence(),
              taken.size(),
              RecordHead.NO_CHECKPOINT,
              body(taken, Math.toIntExact(bytes))));
      from = to;
    }
    return records;
  }

  private static long entryBytes(PendingTransaction transaction) {
    return (long) ENTRY_BYTES + transaction.payload().length;
  }

  private static byte[] body(List<PendingTransaction> transactions, int bytes) {
    ByteBuffer body = ByteBuffer.allocate(bytes);
    for (PendingTransaction each : transactions) {
      body.putLong(each.sequence()).putInt(each.payload().length).put(each.payload());
    }
    return body.array();
  }

  /** The records of one body: usually one. */
  static List<byte[]> split(
      RecordHead.Kind kind, long sequence, int number, String checkpoint, byte[] body) {
    int parts = Math.max(1, Math.ceilDiv(body.length, BODY_BYTES_MAX));
    List<byte[]> records = new ArrayList<>(parts);
    for (int part = 0; part < parts; part++) {
      int start = part * BODY_BYTES_MAX;
      int length = Math.min(BODY_BYTES_MAX, body.length - start);
      ByteBuffer record = ByteBuffer.allocate(RecordHead.BYTES + length);
      new RecordHead(kind, part, parts, sequence, number, checkpoint).write(record);
      record.put(body, start, length);
      records.add(record.array());
    }
    return records;
  }

  /** The transactions of a whole body. */
  static List<PendingTransaction> transactions(RecordHead head, byte[] bytes)
      throws JournalMalformedException {
    ByteBuffer body = ByteBuffer.wrap(bytes);
    List<PendingTransaction> found = new ArrayList<>();
    while (body.hasRemaining()) {
      if (body.remaining() < ENTRY_BYTES) {
        throw new JournalMalformedException("a record ends within a transaction's head");
      }
      long sequence = body.getLong();
      int length = body.getInt();
      if (length < 0 || length > body.remaining() || sequence != head.sequence() + found.size()) {
        throw new JournalMalformedException(
            "transaction " + sequence + " of " + length + " bytes does not fit into its record");
      }
      byte[] payload = new byte[length];
      body.get(payload);
      found.add(new PendingTransaction(sequence, payload));
    }
    if (found.size() != head.number()) {
      throw new JournalMalformedException(
          "a record holds " + found.size() + " transactions instead of " + head.number());
    }
    return found;
  }

  private RecordBodies() {}
}
