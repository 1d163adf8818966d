package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.audit.AuditHead;
import java.util.List;

/** The store's log of who did what, and who was refused. Thread-safe. */
public interface Audit {
  /**
   * Begins to take records. Nothing is asked of the server before the first {@link
   * AuditRecords#hasNext}.
   *
   * @param follow whether to wait for what happens later; else they end with the newest there is
   */
  AuditRecords read(Start start, boolean follow);

  /**
   * Has the server check the whole log.
   *
   * @param noted records that were noted elsewhere, which it must hold; at most 100
   * @param listener hears how far it is, and of each problem as it is found
   */
  Checked verify(List<AuditHead> noted, Listener listener);

  /** Where to begin. */
  sealed interface Start {
    /**
     * With a record.
     *
     * @param sequence its number, from 1
     */
    record At(long sequence) implements Start {
      public At {
        if (sequence < 1) {
          throw new IllegalArgumentException("sequence is below 1: " + sequence);
        }
      }
    }

    /**
     * So many records before the newest.
     *
     * @param count from 1
     */
    record Last(long count) implements Start {
      public Last {
        if (count < 1) {
          throw new IllegalArgumentException("count is below 1: " + count);
        }
      }
    }
  }

  /** Hears of a running check. */
  interface Listener {
    /** So many records were checked. */
    void checked(long records);

    /** Something is wrong, which the sentence names. */
    void problem(String sentence);
  }

  /**
   * What a check went through.
   *
   * @param records that were checked
   * @param problems that were told
   * @param head the newest record
   */
  record Checked(long records, long problems, AuditHead head) {
    public Checked {
      requireNonNull(head, "head is null");
    }
  }
}
