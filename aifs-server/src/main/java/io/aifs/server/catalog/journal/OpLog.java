package io.aifs.server.catalog.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one transaction has changed, in order: its bytes, and while they are few the operations
 * themselves. So a transaction of any size takes memory for its bytes only, not for objects. Not
 * thread-safe.
 */
final class OpLog {
  /** Beyond this only the bytes are kept. */
  private static final int OBJECTS_BYTES_MAX = 1 << 20;

  /** Operations of a large transaction that are made objects again at a time. */
  private static final int TOLD_AT_A_TIME = 64;

  private static final byte[] NONE = new byte[0];

  private final JournalOutput out = OpCodec.begin();
  private final List<JournalOp> ops = new ArrayList<>();
  private boolean any;
  private boolean large;

  void add(JournalOp op) {
    OpCodec.append(out, op);
    any = true;
    large |= out.size() > OBJECTS_BYTES_MAX;
    if (large) {
      ops.clear();
    } else {
      ops.add(op);
    }
  }

  boolean isEmpty() {
    return !any;
  }

  /** The bytes of all of them, as {@link OpCodec#encode} gives them. */
  byte[] payload() {
    return out.toBytes();
  }

  /** What was changed, to be told about; holds {@code payload}, which is that of this. */
  Told told(byte[] payload) {
    return large ? new Told(List.of(), payload) : new Told(List.copyOf(ops), NONE);
  }

  /**
   * Changes that somebody is told about.
   *
   * @param payload read if there are no {@code ops}
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a reader; never compared
  record Told(List<JournalOp> ops, byte[] payload) {
    static final Told NOTHING = new Told(List.of(), NONE);

    /** Tells of all changes in order, of some at a time if they are many. */
    void to(Consumer<List<JournalOp>> listener) {
      if (payload.length == 0) {
        listener.accept(ops);
      } else {
        try {
          OpCodec.decode(payload, TOLD_AT_A_TIME, listener);
        } catch (JournalMalformedException e) {
          throw new IllegalStateException("what was just written does not read", e);
        }
      }
    }
  }
}
