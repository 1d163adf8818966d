package io.aifs.core.tree;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.PathEntry;
import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows that an entry is in a tree: of each node on the way to the root, the hashes beside the way.
 * Names neither the entry nor the root, and no other path. Immutable.
 *
 * @param steps from the leaf to the root
 */
public record InclusionProof(List<Step> steps) {
  private static final int VERSION = 1;

  /** Version, number of steps. */
  private static final int HEADER_BYTES = 1 + 1;

  /** Number of siblings, sides. */
  private static final int STEP_BYTES = 1 + 2;

  /** As many as the largest node has above one of its entries. */
  private static final int SIBLINGS_MAX = 12;

  /**
   * One node on the way.
   *
   * @param lefts which siblings stand left of the way: bit 0 is the first one's
   * @param siblings the hashes beside the way through the node's binary tree, lowest first
   */
  public record Step(int lefts, List<Digest> siblings) {
    public Step {
      siblings = List.copyOf(siblings);
      if (siblings.size() > SIBLINGS_MAX) {
        throw new IllegalArgumentException("hashes of a step are too many: " + siblings.size());
      }
      if (lefts < 0 || lefts >> siblings.size() != 0) {
        throw new IllegalArgumentException("sides are not those of " + siblings.size() + " hashes");
      }
    }
  }

  public InclusionProof {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || steps.size() > TreeFormat.LEVEL_MAX + 1) {
      throw new IllegalArgumentException("number of steps is no tree's: " + steps.size());
    }
  }

  /**
   * The Merkle digest of the tree that this is a proof for, if it is one of {@code entry}. Who
   * checks a proof compares it with the digest that was signed: any other says that the entry, the
   * proof, or both are wrong. Attributes are not covered, but for a file's executable bit.
   */
  public Digest rootOf(PathEntry entry) {
    requireNonNull(entry, "entry is null");
    Digest hash = MerkleTree.leaf(entry);
    for (int level = 0; level < steps.size(); level++) {
      if (level > 0) {
        hash = MerkleTree.leaf(level - 1, hash);
      }
      Step step = steps.get(level);
      hash = MerkleTree.rootFrom(hash, step.lefts(), step.siblings());
    }
    return hash;
  }

  /** The bytes that {@link #parse} reads. */
  public byte[] toBytes() {
    int length = HEADER_BYTES;
    for (Step step : steps) {
      length += STEP_BYTES + Digest.BYTES * step.siblings().size();
    }
    ByteBuffer out = ByteBuffer.allocate(length).put((byte) VERSION).put((byte) steps.size());
    for (Step step : steps) {
      out.put((byte) step.siblings().size()).putShort((short) step.lefts());
      step.siblings().forEach(sibling -> out.put(sibling.toBytes()));
    }
    return out.array();
  }

  /**
   * @throws InclusionProofBrokenException if {@link #toBytes} never writes these bytes
   */
  public static InclusionProof parse(byte[] bytes) throws InclusionProofBrokenException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    require(in, HEADER_BYTES);
    int version = in.get();
    if (version != VERSION) {
      throw new InclusionProofBrokenException("version of the proof is unknown: " + version);
    }
    int count = Byte.toUnsignedInt(in.get());
    if (count == 0 || count > TreeFormat.LEVEL_MAX + 1) {
      throw new InclusionProofBrokenException("number of steps is no tree's: " + count);
    }
    List<Step> steps = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      steps.add(step(in));
    }
    if (in.hasRemaining()) {
      throw new InclusionProofBrokenException("proof has bytes behind its end: " + in.remaining());
    }
    return new InclusionProof(steps);
  }

  private static Step step(ByteBuffer in) throws InclusionProofBrokenException {
    require(in, STEP_BYTES);
    int count = Byte.toUnsignedInt(in.get());
    int lefts = Short.toUnsignedInt(in.getShort());
    if (count > SIBLINGS_MAX || lefts >> count != 0) {
      throw new InclusionProofBrokenException(
          "step of the proof is none: " + count + " hashes, sides " + lefts);
    }
    require(in, count * Digest.BYTES);
    List<Digest> siblings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] sibling = new byte[Digest.BYTES];
      in.get(sibling);
      siblings.add(Digest.fromBytes(sibling));
    }
    return new Step(lefts, siblings);
  }

  private static void require(ByteBuffer in, int length) throws InclusionProofBrokenException {
    if (in.remaining() < length) {
      throw new InclusionProofBrokenException("proof ends too early");
    }
  }
}
