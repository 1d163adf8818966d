package io.aifs.server.catalog.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.SnapshotId;
import io.aifs.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Writes the values that journal bytes are made of. Not thread-safe. */
public final class JournalOutput {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public void octet(int value) {
    out.write(value);
  }

  /** A number as it is, 7 bits at a time, the lowest first; negative ones take ten bytes. */
  public void unsigned(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** A number that may be negative, near zero in few bytes. */
  public void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  public void flag(boolean value) {
    out.write(value ? 1 : 0);
  }

  public void raw(byte[] bytes) {
    out.writeBytes(bytes);
  }

  public void bytes(byte[] bytes) {
    unsigned(bytes.length);
    out.writeBytes(bytes);
  }

  public void text(String text) {
    bytes(text.getBytes(UTF_8));
  }

  public void digest(Digest digest) {
    out.writeBytes(digest.toBytes());
  }

  public void snapshotId(SnapshotId id) {
    out.writeBytes(HexFormat.of().parseHex(id.hex()));
  }

  public void instant(Instant instant) {
    signed(instant.getEpochSecond());
    unsigned(instant.getNano());
  }

  /** In order of key, so that equal maps give equal bytes. */
  public void map(Map<String, String> map) {
    unsigned(map.size());
    new TreeMap<>(map)
        .forEach(
            (key, value) -> {
              text(key);
              text(value);
            });
  }

  public <T> void list(Collection<T> items, BiConsumer<JournalOutput, T> item) {
    unsigned(items.size());
    items.forEach(each -> item.accept(this, each));
  }

  public <T> void optional(Optional<T> value, BiConsumer<JournalOutput, T> write) {
    flag(value.isPresent());
    value.ifPresent(present -> write.accept(this, present));
  }

  /** How many bytes there are. */
  int size() {
    return out.size();
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }
}
