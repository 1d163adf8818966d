package io.aifs.core.snapshot;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.VerifyingKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads what {@link FieldWriter} wrote. Every method throws {@link BufferUnderflowException} or
 * {@link IllegalArgumentException} at what is no such field; takes no more memory than the bytes
 * do, whatever they say.
 */
final class FieldReader {
  /** Times of 146,000 years before and after 1970: so far from overflow that none can happen. */
  private static final long MICROS_MAX = 1L << 62;

  private final ByteBuffer in;

  FieldReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  byte[] bytes(int count) {
    if (count < 0 || count > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  /** Goes past these bytes; says whether they were there. */
  boolean skip(byte[] expected) {
    return in.remaining() >= expected.length && Arrays.equals(bytes(expected.length), expected);
  }

  int u8() {
    return in.get() & 0xff;
  }

  int u16() {
    return in.getShort() & 0xffff;
  }

  int u32() {
    return in.getInt();
  }

  long i64() {
    return in.getLong();
  }

  Instant time() {
    long micros = i64();
    if (micros < -MICROS_MAX || micros > MICROS_MAX) {
      throw new IllegalArgumentException("a time is out of range: " + micros);
    }
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  String text16() {
    return new String(bytes(u16()), StandardCharsets.UTF_8);
  }

  String text32() {
    return new String(bytes(u32()), StandardCharsets.UTF_8);
  }

  Name name() {
    return new Name(text16());
  }

  Digest digest() {
    return Digest.fromBytes(bytes(Digest.BYTES));
  }

  SigningKeyId key() {
    return new SigningKeyId(HexFormat.of().formatHex(bytes(SigningKeyId.BYTES)));
  }

  VerifyingKey publicKey() {
    return VerifyingKey.fromBytes(bytes(VerifyingKey.BYTES));
  }

  SnapshotId snapshot() {
    return new SnapshotId(HexFormat.of().formatHex(bytes(SigningKeyId.BYTES)));
  }

  SnapshotRoots roots() {
    return new SnapshotRoots(root(), root());
  }

  private TreeRoot root() {
    TreeRoot root = new TreeRoot(digest(), digest(), i64(), i64(), u32());
    if (root.isEmpty() && !root.equals(TreeRoot.EMPTY)) {
      throw new IllegalArgumentException("the root of no entries is not that of an empty tree");
    }
    return root;
  }

  byte[] rest() {
    return bytes(in.remaining());
  }

  void requireEnd() {
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("bytes are left over: " + in.remaining());
    }
  }
}
