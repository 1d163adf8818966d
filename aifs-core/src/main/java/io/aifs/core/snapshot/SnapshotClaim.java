package io.aifs.core.snapshot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.crypto.Digest;
import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The part of a {@link SnapshotStatement} that the signature is over: everything but the notes,
 * which it binds by their digest. So a proof need not show what somebody wrote about the snapshot,
 * and is short whatever they wrote.
 *
 * @param storeId 1 to 64 lower-case letters, digits and dashes
 * @param createdAt whole microseconds
 * @param parents at most {@link Limits#SNAPSHOT_PARENTS_MAX}
 * @param notes digest of author, message and metadata
 * @param signedBy the key that signs it
 */
public record SnapshotClaim(
    String storeId,
    Name namespace,
    SnapshotRoots roots,
    Instant createdAt,
    List<SnapshotId> parents,
    Digest notes,
    SigningKeyId signedBy) {
  static final Pattern STORE_ID = Pattern.compile("[0-9a-z-]{1,64}");

  private static final byte[] SIGNED_PREFIX = "aifs snapshot v1\0".getBytes(US_ASCII);
  private static final byte[] MAGIC = "AIFSNAP\0".getBytes(US_ASCII);
  private static final int VERSION = 1;

  public SnapshotClaim {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(roots, "roots is null");
    requireNonNull(notes, "notes is null");
    requireNonNull(signedBy, "signedBy is null");
    parents = List.copyOf(parents);
    if (!STORE_ID.matcher(storeId).matches()) {
      throw new IllegalArgumentException("store id does not match " + STORE_ID);
    }
    if (!createdAt.equals(createdAt.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("createdAt has more than microseconds: " + createdAt);
    }
    if (parents.size() > Limits.SNAPSHOT_PARENTS_MAX) {
      throw new IllegalArgumentException(
          "parents are over " + Limits.SNAPSHOT_PARENTS_MAX + ": " + parents.size());
    }
  }

  /** Binds the content of both trees. */
  public Digest merkleRoot() {
    return roots.merkleRoot();
  }

  public SnapshotId id() {
    return SnapshotId.of(merkleRoot(), createdAt);
  }

  /** The bytes that the signature is over: a text that says what they are, and the claim. */
  public byte[] toSign() {
    return new FieldWriter().bytes(SIGNED_PREFIX).bytes(encode()).toBytes();
  }

  /** The one encoding of this claim: less than 1 KiB. */
  public byte[] encode() {
    FieldWriter out =
        new FieldWriter()
            .bytes(MAGIC)
            .u16(VERSION)
            .text16(storeId)
            .text16(namespace.value())
            .roots(roots)
            .time(createdAt)
            .u8(parents.size());
    parents.forEach(out::snapshot);
    return out.digest(notes).key(signedBy).toBytes();
  }

  /**
   * Reads {@link #encode}, and nothing else.
   *
   * @throws SnapshotBrokenException {@link Fault#MALFORMED} or {@link Fault#NEWER}
   */
  public static SnapshotClaim decode(byte[] bytes) throws SnapshotBrokenException {
    FieldReader in = new FieldReader(bytes);
    SnapshotClaim claim = read(in);
    if (in.rest().length > 0) {
      throw malformed("bytes are left over");
    }
    return claim;
  }

  /** Reads a claim and leaves what follows it. */
  static SnapshotClaim read(FieldReader in) throws SnapshotBrokenException {
    try {
      if (!in.skip(MAGIC)) {
        throw malformed("it does not begin as one does");
      }
      int version = in.u16();
      if (version > VERSION) {
        throw new SnapshotBrokenException(
            Fault.NEWER,
            "the snapshot's statement is of version " + version + "; this build reads " + VERSION);
      }
      if (version != VERSION) {
        throw malformed("it is of version " + version);
      }
      return new SnapshotClaim(
          in.text16(), in.name(), in.roots(), in.time(), parents(in), in.digest(), in.key());
    } catch (BufferUnderflowException _) {
      throw malformed("it is cut off");
    } catch (IllegalArgumentException | DateTimeException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static List<SnapshotId> parents(FieldReader in) {
    List<SnapshotId> parents = new ArrayList<>();
    for (int left = in.u8(); left > 0; left--) {
      parents.add(in.snapshot());
    }
    return parents;
  }

  static SnapshotBrokenException malformed(String why) {
    return new SnapshotBrokenException(
        Fault.MALFORMED, "the snapshot's statement is malformed: " + why);
  }

  @Override
  public String toString() {
    return "SnapshotClaim[" + id() + " of " + namespace + ", " + Timestamps.format(createdAt) + "]";
  }
}
