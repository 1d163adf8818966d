package io.aifs.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/**
 * Chains records and appends them. Those that cannot be written wait, in order, until they can. Not
 * thread-safe, but for {@link #failure}.
 */
final class ChainWriter {
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

  private final String storeId;
  private final SegmentWriter out;
  private final AuditLog.Room room;
  private final Deque<AuditRecord> waiting = new ArrayDeque<>();
  private AuditHead head;
  private boolean syncFailed;
  private volatile Optional<IOException> failure = Optional.empty();

  ChainWriter(String storeId, SegmentWriter out, AuditHead head, AuditLog.Room room) {
    this.storeId = storeId;
    this.out = out;
    this.head = head;
    this.room = room;
  }

  /** The newest record that is in the file. */
  AuditHead head() {
    return head;
  }

  SegmentWriter out() {
    return out;
  }

  /** Why something is not written or not durable; empty if all is. Thread-safe. */
  Optional<IOException> failure() {
    return failure;
  }

  void add(AuditRecord record) {
    waiting.add(record);
  }

  void addAll(Collection<AuditRecord> records) {
    waiting.addAll(records);
  }

  /**
   * Writes what waits, as far as it goes.
   *
   * @param mayRelease give up the space set aside if the disk is full
   */
  void flush(boolean mayRelease) {
    while (!waiting.isEmpty()) {
      try {
        write(waiting.getFirst());
        waiting.removeFirst();
      } catch (IOException e) {
        if (!mayRelease || !room.release(e)) {
          fail(e);
          return;
        }
      }
    }
    if (!syncFailed) {
      recovered();
    }
  }

  private void write(AuditRecord record) throws IOException {
    AuditLine.Encoded line = AuditLine.encode(record, storeId, head);
    out.append(line.bytes(), line.head().sequence());
    head = line.head();
  }

  /** All was synced. */
  void synced() {
    syncFailed = false;
    out.trust();
    if (waiting.isEmpty()) {
      recovered();
    }
  }

  /** Something was not. */
  void syncFailed(IOException cause) {
    syncFailed = true;
    out.abandon();
    fail(cause);
  }

  /** Nothing is written any more. */
  void end() {
    tellWaiting();
    out.close();
  }

  /** What waits goes to the process's own log. */
  void tellWaiting() {
    for (AuditRecord record : waiting) {
      String line =
          new String(AuditLine.encode(record, storeId, AuditHead.NONE).bytes(), UTF_8).strip();
      LOG.log(System.Logger.Level.ERROR, "not in the audit log: " + line);
    }
    waiting.clear();
  }

  private void fail(IOException cause) {
    if (failure.isEmpty()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the audit log cannot be written, and calls that change something are refused",
          cause);
    }
    failure = Optional.of(cause);
  }

  private void recovered() {
    if (failure.isPresent()) {
      LOG.log(System.Logger.Level.INFO, "the audit log can be written again");
      failure = Optional.empty();
    }
  }
}
