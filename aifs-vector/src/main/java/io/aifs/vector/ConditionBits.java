package io.aifs.vector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.NumericUtils;

/** Which documents of a segment meet a condition, whether they are deleted or not. */
final class ConditionBits {
  private final LeafReader reader;
  private final IndexSearcher searcher;
  private final LeafReaderContext leaf;

  ConditionBits(LeafReader reader) {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.searcher.setQueryCache(null);
    this.leaf = searcher.getIndexReader().leaves().getFirst();
  }

  FixedBitSet of(Condition condition) throws IOException {
    return switch (condition) {
      case Condition.All all -> all(all);
      case Condition.Not not -> complement(of(not.condition()));
      case Condition.KindIn in -> kinds(in);
      case Condition.SizeBetween between -> range(Fields.SIZE, between.least(), between.most());
      case Condition.CreatedBetween between ->
          range(Fields.CREATED, between.firstMicros(), between.lastMicros());
      case Condition.Has has -> has(has);
      case Condition.ValueIn in -> values(in);
      case Condition.NumberBetween between -> numbers(between);
      case Condition.TextBetween between -> texts(between);
    };
  }

  private FixedBitSet has(Condition.Has has) throws IOException {
    FixedBitSet bits = none();
    addTerm(Fields.KEY, new BytesRef(Fields.utf8(has.key())), bits);
    return bits;
  }

  private FixedBitSet none() {
    return new FixedBitSet(reader.maxDoc());
  }

  private FixedBitSet complement(FixedBitSet bits) {
    bits.flip(0, bits.length());
    return bits;
  }

  private FixedBitSet all(Condition.All all) throws IOException {
    FixedBitSet bits = complement(none());
    for (Condition one : all.conditions()) {
      bits.and(of(one));
    }
    return bits;
  }

  private FixedBitSet kinds(Condition.KindIn in) throws IOException {
    long[] kinds = in.kinds().stream().mapToLong(kind -> kind).toArray();
    return matching(LongField.newSetQuery(Fields.KIND, kinds));
  }

  private FixedBitSet range(String field, long least, long most) throws IOException {
    return least > most ? none() : matching(LongField.newRangeQuery(field, least, most));
  }

  private FixedBitSet values(Condition.ValueIn in) throws IOException {
    FixedBitSet bits = none();
    boolean anyLong = false;
    for (String value : in.values()) {
      byte[] bytes = Fields.utf8(value);
      if (bytes.length <= Fields.SHORT_VALUE_BYTES_MAX) {
        addTerm(Fields.ENTRY, Fields.entry(in.key(), bytes), bits);
      } else {
        anyLong = true;
      }
    }
    if (anyLong) {
      addLong(in.key(), in.values()::contains, bits);
    }
    return bits;
  }

  private FixedBitSet numbers(Condition.NumberBetween between) throws IOException {
    if (between.least() > between.most()) {
      return none();
    }
    long[] hash = Fields.hash(between.key());
    // 0.0 is added as a range that ends at zero has both zeros in it
    long least = NumericUtils.doubleToSortableLong(between.least() + 0.0);
    long most = NumericUtils.doubleToSortableLong(between.most() + 0.0);
    return matching(
        LongPoint.newRangeQuery(
            Fields.NUMBER,
            new long[] {hash[0], hash[1], least},
            new long[] {hash[0], hash[1], most}));
  }

  private FixedBitSet texts(Condition.TextBetween between) throws IOException {
    BytesRef least =
        Fields.entry(between.key(), between.least().map(Fields::utf8).orElse(new byte[0]));
    BytesRef end =
        between
            .end()
            .map(text -> Fields.entry(between.key(), Fields.utf8(text)))
            .orElseGet(() -> afterAll(between.key()));
    FixedBitSet bits = none();
    addTerms(least, end, bits);
    addLong(between.key(), between::holds, bits);
    return bits;
  }

  /** Follows the entries of a key: no byte of UTF-8 is as large as its last. */
  private static BytesRef afterAll(String key) {
    return Fields.entry(key, new byte[] {(byte) 0xff});
  }

  private void addTerm(String field, BytesRef term, FixedBitSet bits) throws IOException {
    TermsEnum terms = terms(field);
    if (terms.seekExact(term)) {
      bits.or(terms.postings(null, PostingsEnum.NONE));
    }
  }

  private void addTerms(BytesRef least, BytesRef end, FixedBitSet bits) throws IOException {
    TermsEnum terms = terms(Fields.ENTRY);
    boolean more = terms.seekCeil(least) != TermsEnum.SeekStatus.END;
    while (more && terms.term().compareTo(end) < 0) {
      bits.or(terms.postings(null, PostingsEnum.NONE));
      more = terms.next() != null;
    }
  }

  private TermsEnum terms(String field) throws IOException {
    Terms terms = reader.terms(field);
    return terms == null ? TermsEnum.EMPTY : terms.iterator();
  }

  private FixedBitSet matching(Query query) throws IOException {
    FixedBitSet bits = none();
    Scorer scorer =
        searcher
            .createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1)
            .scorer(leaf);
    if (scorer != null) {
      bits.or(scorer.iterator());
    }
    return bits;
  }

  private void addLong(String key, Predicate<String> wanted, FixedBitSet bits) throws IOException {
    FixedBitSet candidates = none();
    addTerm(Fields.LONG_KEY, new BytesRef(Fields.utf8(key)), candidates);
    BinaryDocValues entries = reader.getBinaryDocValues(Fields.LONG_ENTRIES);
    for (int document = nextFrom(candidates, 0);
        document != DocIdSetIterator.NO_MORE_DOCS;
        document = nextFrom(candidates, document + 1)) {
      if (entries != null
          && entries.advanceExact(document)
          && wanted.test(unpacked(entries.binaryValue()).getOrDefault(key, ""))) {
        bits.set(document);
      }
    }
  }

  private static int nextFrom(FixedBitSet bits, int document) {
    return document < bits.length() ? bits.nextSetBit(document) : DocIdSetIterator.NO_MORE_DOCS;
  }

  private static Map<String, String> unpacked(BytesRef packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed.bytes, packed.offset, packed.length);
    Map<String, String> entries = new HashMap<>();
    while (bytes.hasRemaining()) {
      String key = text(bytes);
      entries.put(key, text(bytes));
    }
    return entries;
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[bytes.getInt()];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
