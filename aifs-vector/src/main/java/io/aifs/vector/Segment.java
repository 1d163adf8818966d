package io.aifs.vector;

import java.io.IOException;
import java.util.BitSet;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsReader;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** A segment as one snapshot sees it. Thread-safe. */
record Segment(LeafReader reader, SegmentCore core) {
  /** What Lucene reads vectors and graphs with. */
  static Lucene99HnswVectorsReader vectorsReader(LeafReader reader) throws IOException {
    if (reader instanceof CodecReader codec
        && codec.getVectorReader() instanceof PerFieldKnnVectorsFormat.FieldsReader fields
        && fields.getFieldReader(Fields.VECTOR) instanceof Lucene99HnswVectorsReader vectors) {
      return vectors;
    }
    throw new IndexDamagedException("a segment's vectors are not in a format of ours");
  }

  /** Of all its documents, by number. */
  FloatVectorValues floats() throws IOException {
    return whole(reader.getFloatVectorValues(Fields.VECTOR));
  }

  /** Of all its documents, by number. */
  ByteVectorValues bytes() throws IOException {
    return whole(reader.getByteVectorValues(Fields.VECTOR));
  }

  private <V extends KnnVectorValues> V whole(@Nullable V vectors) throws IOException {
    if (vectors == null || vectors.size() != reader.maxDoc()) {
      throw new IndexDamagedException("a document has no vector");
    }
    return vectors;
  }

  /** The documents that a query may find. */
  Accepted accepted(VectorQuery query) throws IOException {
    FixedBitSet own = null;
    if (query.within().isPresent()) {
      own = core.in(query.within().get());
    }
    if (query.where().isPresent()) {
      FixedBitSet meeting = core.meeting(query.where().get(), reader);
      own = own == null ? meeting : intersection(own, meeting);
    }
    return living(own);
  }

  private static FixedBitSet intersection(FixedBitSet a, FixedBitSet b) {
    FixedBitSet both = a.clone();
    both.and(b);
    return both;
  }

  private Accepted living(@Nullable FixedBitSet wanted) {
    Bits living = reader.getLiveDocs();
    if (living == null) {
      return wanted == null ? Accepted.all(reader.maxDoc()) : Accepted.of(wanted);
    }
    if (wanted == null) {
      return Accepted.of(FixedBitSet.copyOf(living));
    }
    FixedBitSet both = wanted.clone();
    living.applyMask(both, 0);
    return Accepted.of(both);
  }

  /** Adds the numbers of assets that are not deleted. */
  void addLiving(BitSet assets) {
    Bits living = reader.getLiveDocs();
    for (int document = 0; document < reader.maxDoc(); document++) {
      if (living == null || living.get(document)) {
        assets.set(core.asset(document));
      }
    }
  }
}
