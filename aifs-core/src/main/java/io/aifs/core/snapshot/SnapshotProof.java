package io.aifs.core.snapshot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.aifs.core.model.PathEntry;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.core.tree.InclusionProof;
import io.aifs.core.tree.InclusionProofBrokenException;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.SigningKey;
import io.aifs.crypto.VerifyingKey;
import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import java.util.Arrays;

/**
 * Shows to anybody, without the store, that an entry was in a signed snapshot; {@code
 * docs/format/snapshot-proof.md} gives every byte. It names no other path. Immutable; thread-safe.
 *
 * <p>A proof alone shows nothing: {@link SnapshotProofVerifier} checks it.
 *
 * @param signature over the claim, 64 bytes
 * @param key what the signature is to be checked with; who trusts it must know it from elsewhere
 * @param entry its attributes are not covered, but for a file's executable bit
 */
@SuppressWarnings("ArrayRecordComponent") // a signature; never compared
public record SnapshotProof(
    SnapshotClaim claim,
    byte[] signature,
    VerifyingKey key,
    Part part,
    PathEntry entry,
    InclusionProof inclusion) {
  /** No proof is longer. One in a tree of a million paths has less than 4 KiB beside its path. */
  public static final int BYTES_MAX = 64 << 10;

  private static final byte[] MAGIC = "AIFSPRF\0".getBytes(US_ASCII);
  private static final int VERSION = 1;

  /** Which of a snapshot's trees the entry is in. */
  public enum Part {
    PATHS(0),
    /** Assets without a path: the entry's path is the asset id. */
    UNNAMED(1);

    private final int code;

    Part(int code) {
      this.code = code;
    }

    private static Part ofCode(int code) {
      return switch (code) {
        case 0 -> PATHS;
        case 1 -> UNNAMED;
        default -> throw new IllegalArgumentException("it is of neither part");
      };
    }
  }

  public SnapshotProof {
    requireNonNull(claim, "claim is null");
    requireNonNull(key, "key is null");
    requireNonNull(part, "part is null");
    requireNonNull(entry, "entry is null");
    requireNonNull(inclusion, "inclusion is null");
    if (signature.length != SigningKey.SIGNATURE_BYTES) {
      throw new IllegalArgumentException(
          "signature is not " + SigningKey.SIGNATURE_BYTES + " bytes: " + signature.length);
    }
  }

  /** The root of the tree that the entry is in, as it was signed. */
  TreeRoot root() {
    return switch (part) {
      case PATHS -> claim.roots().paths();
      case UNNAMED -> claim.roots().unnamed();
    };
  }

  /** Whether {@code file}, or its beginning, looks like a proof of any version. */
  public static boolean isOne(byte[] file) {
    return file.length >= MAGIC.length
        && Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /** The one encoding of this proof. */
  public byte[] encode() {
    byte[] claimed = claim.encode();
    byte[] included = inclusion.toBytes();
    FieldWriter out =
        new FieldWriter()
            .bytes(MAGIC)
            .u16(VERSION)
            .u16(claimed.length)
            .bytes(claimed)
            .bytes(signature)
            .bytes(key.toBytes())
            .u8(part.code);
    return EntryFields.write(out, entry).u16(included.length).bytes(included).toBytes();
  }

  /**
   * Reads {@link #encode}, and nothing else; checks no signature. Takes no more memory than a few
   * times what the bytes do.
   *
   * @throws SnapshotBrokenException {@link Fault#MALFORMED} or {@link Fault#NEWER}
   */
  public static SnapshotProof decode(byte[] bytes) throws SnapshotBrokenException {
    if (bytes.length > BYTES_MAX) {
      throw malformed("it is over " + BYTES_MAX + " bytes");
    }
    FieldReader in = new FieldReader(bytes);
    if (!in.skip(MAGIC)) {
      throw malformed("it does not begin as one does");
    }
    try {
      int version = in.u16();
      if (version > VERSION) {
        throw new SnapshotBrokenException(
            Fault.NEWER, "the proof is of version " + version + "; this build reads " + VERSION);
      }
      if (version != VERSION) {
        throw malformed("it is of version " + version);
      }
      SnapshotProof proof = read(in);
      in.requireEnd();
      if (!Arrays.equals(proof.encode(), bytes)) {
        throw malformed("it is not in its one encoding");
      }
      return proof;
    } catch (BufferUnderflowException _) {
      throw malformed("it is cut off");
    } catch (InclusionProofBrokenException | IllegalArgumentException | DateTimeException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static SnapshotProof read(FieldReader in)
      throws SnapshotBrokenException, InclusionProofBrokenException {
    SnapshotClaim claim = SnapshotClaim.decode(in.bytes(in.u16()));
    byte[] signature = in.bytes(SigningKey.SIGNATURE_BYTES);
    VerifyingKey key = in.publicKey();
    Part part = Part.ofCode(in.u8());
    PathEntry entry = EntryFields.read(in);
    return new SnapshotProof(
        claim, signature, key, part, entry, InclusionProof.parse(in.bytes(in.u16())));
  }

  private static SnapshotBrokenException malformed(String why) {
    return new SnapshotBrokenException(Fault.MALFORMED, "the snapshot proof is malformed: " + why);
  }
}
