package io.aifs.server.catalog.journal;

import io.aifs.core.model.SnapshotId;
import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@link JournalOutput} writes, from bytes that may be anything: nothing is read beyond
 * their end, and nothing is allocated that they do not hold.
 */
public final class JournalInput {
  private static final int SNAPSHOT_ID_BYTES = 16;

  private final byte[] bytes;
  private final int end;
  private int position;

  public JournalInput(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private JournalInput(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Makes something of a part. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(JournalInput in) throws JournalMalformedException;
  }

  public boolean atEnd() {
    return position == end;
  }

  public void requireEnd() throws JournalMalformedException {
    if (position != end) {
      throw new JournalMalformedException((end - position) + " bytes are left over");
    }
  }

  public int octet() throws JournalMalformedException {
    require(1);
    return bytes[position++] & 0xff;
  }

  public long unsigned() throws JournalMalformedException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int digit = octet();
      value |= (long) (digit & 0x7f) << shift;
      if (digit < 0x80) {
        return value;
      }
    }
    throw new JournalMalformedException("a number is over ten bytes long");
  }

  public long signed() throws JournalMalformedException {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  public boolean flag() throws JournalMalformedException {
    int value = octet();
    if (value > 1) {
      throw new JournalMalformedException("a truth value is " + value);
    }
    return value == 1;
  }

  /** A number that an {@code int} of zero or more holds. */
  public int count() throws JournalMalformedException {
    long value = unsigned();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new JournalMalformedException("a count is out of range: " + value);
    }
    return (int) value;
  }

  public byte[] raw(int length) throws JournalMalformedException {
    require(length);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  public byte[] bytes() throws JournalMalformedException {
    return raw(count());
  }

  /** The next bytes, as many as a number in front of them says, as an input of their own. */
  public JournalInput part() throws JournalMalformedException {
    int length = count();
    require(length);
    position += length;
    return new JournalInput(bytes, position - length, position);
  }

  public String text() throws JournalMalformedException {
    int length = count();
    require(length);
    position += length;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, position - length, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new JournalMalformedException("a text is not UTF-8", e);
    }
  }

  public Digest digest() throws JournalMalformedException {
    require(Digest.BYTES);
    position += Digest.BYTES;
    return Digest.fromBytes(bytes, position - Digest.BYTES);
  }

  public SnapshotId snapshotId() throws JournalMalformedException {
    return new SnapshotId(HexFormat.of().formatHex(raw(SNAPSHOT_ID_BYTES)));
  }

  public Instant instant() throws JournalMalformedException {
    long seconds = signed();
    int nanos = count();
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new JournalMalformedException("a time is out of range", e);
    }
  }

  public Map<String, String> map() throws JournalMalformedException {
    int count = count();
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String key = text();
      if (map.put(key, text()) != null) {
        throw new JournalMalformedException("a key is there twice");
      }
    }
    return map;
  }

  /** A list grows as its items are read, so a wrong count allocates nothing. */
  public <T> List<T> list(Reader<T> item) throws JournalMalformedException {
    int count = count();
    List<T> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int before = position;
      items.add(item.read(this));
      if (position == before) {
        throw new JournalMalformedException("an item has no bytes");
      }
    }
    return items;
  }

  public <T> Optional<T> optional(Reader<T> value) throws JournalMalformedException {
    return flag() ? Optional.of(value.read(this)) : Optional.empty();
  }

  private void require(int length) throws JournalMalformedException {
    if (length > end - position) {
      throw new JournalMalformedException(
          "bytes end within a value: " + length + " wanted, " + (end - position) + " left");
    }
  }
}
