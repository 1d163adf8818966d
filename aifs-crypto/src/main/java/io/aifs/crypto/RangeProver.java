package io.aifs.crypto;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Proves ranges of one content. The first prover of some content reads all its chaining values once
 * (0.05 % of it), to see that they lead to its digest, and what it learns beyond 64 MiB goes into a
 * {@link ProofCache}; later ones read what lies about the ends of the range. For a proof it reads
 * up to three groups of the content: those at both ends of the range and the last. Memory is below
 * 1 MiB, however large the content. Not thread-safe.
 */
public final class RangeProver {
  /** How many chaining values are asked for at a time, at most: those of 64 MiB of content. */
  public static final int VALUES_MAX = 1 << RangeProver.TIER_BITS;

  private static final int TIER_BITS = 10;
  private static final int VALUE_BYTES = Blake3Spec.VALUE_BYTES;
  private static final int GROUP_BYTES = Blake3Tree.GROUP_BYTES;

  /** The start and the end of a range, and the end of the content. */
  private static final int PLACES = 3;

  private final ProvenContent content;
  private final ProofCache cache;
  private final long groups;
  private final Map<Long, SubtreeValues> blocks = new Latest<>();
  private final Map<Long, Group> opened = new Latest<>();

  /**
   * A prover of this content.
   *
   * @throws RangeProofBrokenException if its chaining values do not lead to its digest
   * @throws IOException if it cannot be read
   */
  public RangeProver(ProvenContent content, ProofCache cache) throws IOException {
    this.content = content;
    this.cache = cache;
    this.groups = Math.max(1, Math.ceilDiv(content.size(), GROUP_BYTES));
    requireRoot();
  }

  private void requireRoot() throws IOException {
    Digest root = groups == 1 ? Digest.of(group(0).bytes()) : tier(topTier(), 0).root();
    if (!root.equals(content.id())) {
      throw new RangeProofBrokenException(
          "the chaining values kept of asset " + content.id() + " do not lead to its id");
    }
  }

  /**
   * Proves a range.
   *
   * @throws IllegalArgumentException if the content has no such range
   * @throws IOException if the content cannot be read
   */
  public RangeProof prove(long offset, long length) throws IOException {
    RangeProofShape shape = new RangeProofShape(content.size(), offset, length);
    Body body = new Body(shape.bodyBytes());
    shape.<IOException>eachBefore(body::addValue);
    body.addBytes(offset - shape.bytesBefore(), shape.bytesBefore());
    body.addBytes(offset + length, shape.bytesAfter());
    shape.<IOException>eachAfter(body::addValue);
    body.addBytes(content.size() - shape.tailBytes(), shape.tailBytes());
    return RangeProof.of(content.id(), shape, body.bytes);
  }

  private final class Body {
    private final byte[] bytes;
    private int length;

    Body(int bytes) {
      this.bytes = new byte[bytes];
    }

    void addValue(long chunk, int level) throws IOException {
      copyValue(chunk, level, bytes, length);
      length += VALUE_BYTES;
    }

    /** Bytes of one chunk. */
    void addBytes(long from, int count) throws IOException {
      if (count > 0) {
        byte[] group = group(from / GROUP_BYTES).bytes();
        System.arraycopy(group, (int) (from % GROUP_BYTES), bytes, length, count);
        length += count;
      }
    }
  }

  private void copyValue(long chunk, int level, byte[] out, int offset) throws IOException {
    if (level < Blake3Tree.GROUP_LEVEL) {
      int inGroup = (int) (chunk % Blake3Tree.GROUP_CHUNKS);
      group(chunk / Blake3Tree.GROUP_CHUNKS).values().copy(level, inGroup >> level, out, offset);
      return;
    }
    int groupLevel = level - Blake3Tree.GROUP_LEVEL;
    int tier = groupLevel / TIER_BITS;
    int inTier = groupLevel % TIER_BITS;
    long node = chunk >> level;
    long index = node >> (TIER_BITS - inTier);
    int within = (int) (node - (index << (TIER_BITS - inTier)));
    tier(tier, index).copy(inTier, within, out, offset);
  }

  /** The lowest tier whose nodes all fit into one piece. */
  private int topTier() {
    int tier = 0;
    while (nodes(tier) > VALUES_MAX) {
      tier++;
    }
    return tier;
  }

  /** How many nodes a tier has: groups in tier 0, and in each above one for 1,024 below. */
  private long nodes(int tier) {
    return Math.ceilDiv(groups, 1L << (tier * TIER_BITS));
  }

  /** A piece of a tier: up to 1,024 nodes that are below one node of the tier above. */
  private SubtreeValues tier(int tier, long index) throws IOException {
    if (tier == 0) {
      SubtreeValues known = blocks.get(index);
      if (known == null) {
        known = new SubtreeValues(groupValues(index));
        blocks.put(index, known);
      }
      return known;
    }
    var cached = cache.find(content.id(), tier, index);
    if (cached.isPresent()) {
      return cached.get();
    }
    byte[] values = new byte[count(tier, index) * VALUE_BYTES];
    for (int i = 0; i < values.length / VALUE_BYTES; i++) {
      long below = (index << TIER_BITS) + i;
      SubtreeValues piece =
          tier == 1 ? new SubtreeValues(groupValues(below)) : tier(tier - 1, below);
      piece.copyAll(values, i * VALUE_BYTES);
    }
    SubtreeValues learned = new SubtreeValues(values);
    cache.put(content.id(), tier, index, learned);
    return learned;
  }

  private int count(int tier, long index) {
    return (int) Math.min(VALUES_MAX, nodes(tier) - (index << TIER_BITS));
  }

  private byte[] groupValues(long block) throws IOException {
    int count = count(0, block);
    byte[] values = content.groupValues(block << TIER_BITS, count);
    if (values.length != count * VALUE_BYTES) {
      throw new RangeProofBrokenException(
          "there are %d bytes of chaining values of asset %s instead of %d"
              .formatted(values.length, content.id(), count * VALUE_BYTES));
    }
    return values;
  }

  /** A group of content, and the chaining values of its chunks and what is over them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Group(byte[] bytes, SubtreeValues values) {}

  private Group group(long index) throws IOException {
    Group known = opened.get(index);
    if (known == null) {
      known = open(index);
      opened.put(index, known);
    }
    return known;
  }

  private Group open(long index) throws IOException {
    long start = index * GROUP_BYTES;
    int length = (int) Math.min(GROUP_BYTES, content.size() - start);
    byte[] bytes = content.bytes(start, length);
    int whole = length / Blake3Spec.CHUNK_BYTES;
    byte[] values = new byte[whole * VALUE_BYTES];
    long firstChunk = index * Blake3Tree.GROUP_CHUNKS;
    Blake3Kernels.BEST.chunks(Blake3Mode.HASH, bytes, 0, whole, firstChunk, values, 0);
    return new Group(bytes, new SubtreeValues(values));
  }

  /** The few that were used last. */
  private static final class Latest<V> extends LinkedHashMap<Long, V> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(8, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
      return size() > PLACES;
    }
  }
}
