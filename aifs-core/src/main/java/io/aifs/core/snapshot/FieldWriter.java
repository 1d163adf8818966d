package io.aifs.core.snapshot;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Writes the fields of {@code docs/format/snapshot.md}: big-endian, lengths before texts. */
final class FieldWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  FieldWriter bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  FieldWriter u8(int value) {
    out.write(value);
    return this;
  }

  FieldWriter u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  FieldWriter u32(int value) {
    return u16(value >>> 16).u16(value);
  }

  FieldWriter i64(long value) {
    return bytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  FieldWriter time(Instant time) {
    return i64(ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  /** Of at most 65,535 bytes. */
  FieldWriter text16(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return u16(utf8.length).bytes(utf8);
  }

  FieldWriter text32(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return u32(utf8.length).bytes(utf8);
  }

  FieldWriter digest(Digest digest) {
    return bytes(digest.toBytes());
  }

  FieldWriter key(SigningKeyId id) {
    return bytes(HexFormat.of().parseHex(id.hex()));
  }

  FieldWriter snapshot(SnapshotId id) {
    return bytes(HexFormat.of().parseHex(id.hex()));
  }

  FieldWriter roots(SnapshotRoots roots) {
    return root(roots.paths()).root(roots.unnamed());
  }

  private FieldWriter root(TreeRoot root) {
    return digest(root.node())
        .digest(root.merkle())
        .i64(root.entries())
        .i64(root.bytes())
        .u32(root.longestPath());
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
