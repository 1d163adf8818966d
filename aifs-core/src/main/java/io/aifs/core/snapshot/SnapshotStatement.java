package io.aifs.core.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the signature of a snapshot is over; {@code docs/format/snapshot.md} gives every byte.
 *
 * @param storeId the store it was made in
 * @param roots what it holds
 * @param createdAt whole microseconds
 * @param parents the snapshots it was made from, the first being what the branch stood at
 * @param author who made it, as the maker says
 * @param signedBy the key that signs it
 */
public record SnapshotStatement(
    String storeId,
    Name namespace,
    SnapshotRoots roots,
    Instant createdAt,
    List<SnapshotId> parents,
    String author,
    String message,
    Map<String, String> metadata,
    SigningKeyId signedBy) {
  /**
   * @throws IllegalArgumentException if a field is over its limit in {@link Limits}, or a text has
   *     no UTF-8 form
   */
  public SnapshotStatement {
    requireNonNull(storeId, "storeId is null");
    parents = List.copyOf(parents);
    metadata = Map.copyOf(metadata);
    SnapshotNotes.requireValid(author, message, metadata);
    new SnapshotClaim( // throws, naming what is wrong
        storeId, namespace, roots, createdAt, parents, Digest.of(new byte[0]), signedBy);
  }

  /** Binds the content of both trees: {@code merkle_root} on the wire. */
  public Digest merkleRoot() {
    return roots.merkleRoot();
  }

  public SnapshotId id() {
    return SnapshotId.of(merkleRoot(), createdAt);
  }

  /** What is signed of it. */
  public SnapshotClaim claim() {
    return claim(Digest.of(notes()));
  }

  private SnapshotClaim claim(Digest notes) {
    return new SnapshotClaim(storeId, namespace, roots, createdAt, parents, notes, signedBy);
  }

  private byte[] notes() {
    return SnapshotNotes.encode(author, message, metadata);
  }

  /** The bytes that the signature is over. */
  public byte[] toSign() {
    return claim().toSign();
  }

  /** The one encoding of this statement. */
  public byte[] encode() {
    byte[] notes = notes();
    return new FieldWriter().bytes(claim(Digest.of(notes)).encode()).bytes(notes).toBytes();
  }

  /**
   * Reads {@link #encode}, and nothing else: what it gives encodes to the same bytes.
   *
   * @throws SnapshotBrokenException saying why it is not a statement, or that it is of a later
   *     version
   */
  public static SnapshotStatement decode(byte[] bytes) throws SnapshotBrokenException {
    FieldReader in = new FieldReader(bytes);
    SnapshotClaim claim = SnapshotClaim.read(in);
    byte[] rest = in.rest();
    if (!Digest.of(rest).equals(claim.notes())) {
      throw SnapshotClaim.malformed("author, message or metadata were changed");
    }
    SnapshotNotes notes = SnapshotNotes.decode(rest);
    return new SnapshotStatement(
        claim.storeId(),
        claim.namespace(),
        claim.roots(),
        claim.createdAt(),
        claim.parents(),
        notes.author(),
        notes.message(),
        notes.metadata(),
        claim.signedBy());
  }
}
