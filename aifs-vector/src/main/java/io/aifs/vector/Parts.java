package io.aifs.vector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** The parts of a segment's assets, compared as exactly as a score says. For one thread. */
final class Parts {
  private final Segment segment;
  private final Target.Scores scores;

  Parts(Segment segment, Target.Scores scores) {
    this.segment = segment;
    this.scores = scores;
  }

  /** The asset of a document, by the nearest of its parts: the search may have met another. */
  Hit nearest(int document) throws IOException {
    int best = document;
    float score = score(document);
    if (segment.core().hasSeveral()) {
      int first = first(document);
      for (int other = first; isSameAsset(document, other); other++) {
        if (other != document && isLive(other)) {
          float otherScore = score(other);
          if (otherScore > score) {
            best = other;
            score = otherScore;
          }
        }
      }
    }
    return hit(best, score);
  }

  /** An asset's documents stand side by side. */
  private int first(int document) {
    int first = document;
    while (isSameAsset(document, first - 1)) {
      first--;
    }
    return first;
  }

  private boolean isSameAsset(int document, int other) {
    return other >= 0
        && other < segment.reader().maxDoc()
        && segment.core().asset(other) == segment.core().asset(document);
  }

  private boolean isLive(int document) {
    Bits living = segment.reader().getLiveDocs();
    return living == null || living.get(document);
  }

  private float score(int document) throws IOException {
    return scores.of(document);
  }

  private Hit hit(int document, float score) throws IOException {
    BinaryDocValues names = segment.reader().getBinaryDocValues(Fields.NAME);
    if (names == null || !names.advanceExact(document)) {
      throw new IndexDamagedException("a vector is of no asset");
    }
    BytesRef name = names.binaryValue();
    String part =
        new String(
            name.bytes,
            name.offset + AssetKey.BYTES,
            name.length - AssetKey.BYTES,
            StandardCharsets.UTF_8);
    return new Hit(SegmentCore.key(name), part, score);
  }
}
