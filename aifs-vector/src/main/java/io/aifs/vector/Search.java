package io.aifs.vector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One search over all segments of a snapshot. */
final class Search {
  /** Candidates beyond those asked for whose scores are computed anew: Lucene's round. */
  private static final int SPARE = 16;

  private static final Comparator<Hit> ORDER =
      Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::asset);

  private final IndexSpec spec;
  private final VectorQuery query;
  private final Target target;

  /**
   * @throws IllegalArgumentException if nothing can be compared with the query's vector
   */
  Search(IndexSpec spec, VectorQuery query) {
    this.spec = spec;
    this.query = query;
    Scoring scoring = Scoring.of(spec.similarity());
    scoring.requireComparable(query.vector());
    this.target = Target.of(spec, scoring.indexed(query.vector()));
  }

  List<Hit> run(List<Segment> segments, GraphWalk walk) throws IOException {
    List<SegmentSearch> searches = new ArrayList<>();
    long all = 0;
    for (Segment segment : segments) {
      Accepted accepted = segment.accepted(query);
      if (accepted.cost() > 0) {
        searches.add(new SegmentSearch(segment, accepted, target, query.k()));
        all += accepted.cost();
      }
    }
    List<Candidate> found = new ArrayList<>();
    for (SegmentSearch search : searches) {
      if (query.exact()) {
        search.scan(withSpare(), found);
      } else {
        search.search(share(search.count(), all), walk, found);
      }
    }
    return best(found);
  }

  private int withSpare() {
    return Math.min(query.k(), Integer.MAX_VALUE - SPARE) + SPARE;
  }

  /**
   * How many candidates a segment's graph search keeps: what it is likely to have of the best, with
   * room for chance, and never fewer than asked for.
   */
  private int share(long here, long all) {
    double effort = Effort.of(query);
    double part = (double) here / all;
    double likely = part * effort + 3 * Math.sqrt(effort * part * (1 - part));
    return (int) Math.max(query.k(), Math.min(effort, Math.ceil(likely)));
  }

  /** Under {@link IndexSpec.Storage#INT8} Lucene's scores are rough: all are computed anew. */
  private List<Hit> best(List<Candidate> found) throws IOException {
    found.sort(Candidate.BEST_FIRST);
    int kept =
        spec.storage() == IndexSpec.Storage.INT8
            ? found.size()
            : Math.min(found.size(), withSpare());
    Map<Segment, List<Candidate>> bySegment = new HashMap<>();
    for (Candidate candidate : found.subList(0, kept)) {
      bySegment.computeIfAbsent(candidate.segment(), _ -> new ArrayList<>()).add(candidate);
    }
    List<Hit> hits = new ArrayList<>(kept);
    for (Map.Entry<Segment, List<Candidate>> entry : bySegment.entrySet()) {
      entry.getValue().sort(Comparator.comparingInt(Candidate::document));
      addHits(entry.getKey(), entry.getValue(), hits);
    }
    hits.sort(ORDER);
    return List.copyOf(hits.subList(0, Math.min(query.k(), hits.size())));
  }

  private void addHits(Segment segment, List<Candidate> candidates, List<Hit> hits)
      throws IOException {
    Parts parts = new Parts(segment, target.scores(segment));
    for (Candidate candidate : candidates) {
      Hit hit = parts.nearest(candidate.document());
      if (query.least().isEmpty() || hit.score() >= query.least().getAsDouble()) {
        hits.add(hit);
      }
    }
  }
}
