package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * The id of a transaction: a UUID of version 7 in its usual text form, so that ids sort by when
 * their transactions began.
 */
public record TransactionId(UUID uuid) implements Comparable<TransactionId> {
  public static final int BYTES = 16;

  private static final int VERSION = 7;
  private static final int RANDOM_BYTES = 10;

  public TransactionId {
    requireNonNull(uuid, "uuid is null");
  }

  /**
   * An id for a transaction that begins now.
   *
   * @param random 10 random bytes
   */
  public static TransactionId of(Instant begun, byte[] random) {
    if (random.length != RANDOM_BYTES) {
      throw new IllegalArgumentException("random is not 10 bytes: " + random.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(random);
    long upper =
        (begun.toEpochMilli() << 16) | ((long) VERSION << 12) | (bytes.getShort() & 0xfffL);
    return new TransactionId(new UUID(upper, (bytes.getLong() >>> 2) | Long.MIN_VALUE));
  }

  /**
   * Reads what {@link #toString} gives.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static TransactionId parse(String text) {
    String form = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    if (!text.matches(form)) {
      throw new IllegalArgumentException("a transaction id is a UUID in lower case");
    }
    return new TransactionId(UUID.fromString(text));
  }

  public static TransactionId fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a transaction id is 16 bytes: " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new TransactionId(new UUID(buffer.getLong(), buffer.getLong()));
  }

  /** In the order of the ids' text. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  @Override
  public int compareTo(TransactionId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
