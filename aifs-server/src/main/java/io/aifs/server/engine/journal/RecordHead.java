package io.aifs.server.engine.journal;

import io.aifs.server.catalog.journal.JournalMalformedException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The first 40 bytes of each JOURNAL record's content, see {@code docs/format/journal.md}.
 *
 * @param part which part of a body that is spread over {@code parts} records this is, from 0 on
 * @param sequence of the first transaction in it, or of the checkpoint
 * @param number how many transactions; or which page; or how many pages
 * @param checkpoint 32 hex digits; zeros for transactions
 */
record RecordHead(Kind kind, int part, int parts, long sequence, int number, String checkpoint) {
  static final int BYTES = 40;
  static final String NO_CHECKPOINT = "0".repeat(32);

  private static final int VERSION = 1;
  private static final int CHECKPOINT_BYTES = 16;

  /** What the body is. */
  enum Kind {
    TRANSACTIONS(1),
    PAGE(2),
    END(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  void write(ByteBuffer out) {
    out.put((byte) VERSION).put((byte) kind.code).putShort((short) 0);
    out.putInt(part).putInt(parts).putLong(sequence).putInt(number);
    out.put(HexFormat.of().parseHex(checkpoint));
  }

  static RecordHead read(ByteBuffer in) throws JournalMalformedException {
    if (in.remaining() < BYTES) {
      throw new JournalMalformedException("a record is shorter than its head");
    }
    int version = in.get();
    if (version != VERSION) {
      throw new JournalMalformedException("version " + version + " of a record is not known");
    }
    Kind kind = kindOf(in.get());
    if (in.getShort() != 0) {
      throw new JournalMalformedException("a record has flags that are not known");
    }
    int part = in.getInt();
    int parts = in.getInt();
    long sequence = in.getLong();
    int number = in.getInt();
    byte[] checkpoint = new byte[CHECKPOINT_BYTES];
    in.get(checkpoint);
    if (part < 0 || part >= parts || sequence < 0 || number < 0) {
      throw new JournalMalformedException(
          "a record is part " + part + " of " + parts + ", sequence " + sequence + ", " + number);
    }
    return new RecordHead(
        kind, part, parts, sequence, number, HexFormat.of().formatHex(checkpoint));
  }

  private static Kind kindOf(int code) throws JournalMalformedException {
    for (Kind kind : Kind.values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new JournalMalformedException("kind " + code + " of a record is not known");
  }
}
