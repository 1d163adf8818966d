package io.aifs.vector;

import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** The documents of a segment that a search may find. */
final class Accepted extends AcceptDocs {
  private final @Nullable FixedBitSet bits;
  private final int count;

  private Accepted(@Nullable FixedBitSet bits, int count) {
    this.bits = bits;
    this.count = count;
  }

  static Accepted all(int documents) {
    return new Accepted(null, documents);
  }

  static Accepted of(FixedBitSet bits) {
    return new Accepted(bits, bits.cardinality());
  }

  @Override
  public @Nullable Bits bits() {
    return bits;
  }

  @Override
  public DocIdSetIterator iterator() {
    return bits == null ? DocIdSetIterator.all(count) : new BitSetIterator(bits, count);
  }

  @Override
  public int cost() {
    return count;
  }
}
