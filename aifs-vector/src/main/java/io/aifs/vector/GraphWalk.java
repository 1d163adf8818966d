package io.aifs.vector;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the nearest along a {@link FlatGraph}, as everyone does: down the levels to a near
 * vector, then from the nearest that was not left yet to its neighbours, until none of them could
 * still be among the candidates. For one thread; keeps its memory from one search to the next.
 */
final class GraphWalk {
  private long[] visited = new long[1];
  private final ScoreHeap frontier = new ScoreHeap();
  private int[] neighbours = new int[1];
  private float[] scores = new float[1];

  /**
   * @param accepted which vectors may be candidates; null for all
   */
  void search(
      FlatGraph graph, RandomVectorScorer scorer, @Nullable Bits accepted, Candidates candidates)
      throws IOException {
    prepare(graph, scorer.maxOrd());
    int node = descend(graph, scorer);
    float score = scorer.score(node);
    visit(node);
    frontier.add(node, score);
    if (accepted == null || accepted.get(node)) {
      candidates.collect(node, score);
    }
    float bar = candidates.minCompetitiveSimilarity();
    while (!frontier.isEmpty() && frontier.bestScore() >= bar) {
      int count = unvisited(graph.neighbours(frontier.removeBest(), neighbours));
      if (count > 0 && scorer.bulkScore(neighbours, scores, count) > bar) {
        bar = take(count, bar, accepted, candidates);
      }
    }
  }

  private float take(int count, float bar, @Nullable Bits accepted, Candidates candidates) {
    float now = bar;
    for (int i = 0; i < count; i++) {
      if (scores[i] > now) {
        frontier.add(neighbours[i], scores[i]);
        if ((accepted == null || accepted.get(neighbours[i]))
            && candidates.collect(neighbours[i], scores[i])) {
          now = candidates.minCompetitiveSimilarity();
        }
      }
    }
    return now;
  }

  private void prepare(FlatGraph graph, int vectors) {
    int words = (vectors + Long.SIZE - 1) / Long.SIZE;
    if (visited.length < words) {
      visited = new long[words];
    } else {
      Arrays.fill(visited, 0, words, 0);
    }
    frontier.clear();
    if (neighbours.length < graph.width()) {
      neighbours = new int[graph.width()];
      scores = new float[graph.width()];
    }
  }

  /** To a vector than which no neighbour on the second lowest level is nearer. */
  private int descend(FlatGraph graph, RandomVectorScorer scorer) throws IOException {
    int node = graph.entry();
    float best = scorer.score(node);
    for (int level = graph.top(); level > 0; level--) {
      boolean nearer = true;
      while (nearer) {
        nearer = false;
        int[] around = graph.neighbours(level, node);
        if (scores.length < around.length) {
          scores = new float[around.length];
        }
        scorer.bulkScore(around, scores, around.length);
        for (int i = 0; i < around.length; i++) {
          if (scores[i] > best) {
            best = scores[i];
            node = around[i];
            nearer = true;
          }
        }
      }
    }
    return node;
  }

  /** Moves those that were not visited to the front, and marks them; returns how many. */
  private int unvisited(int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (visit(neighbours[i])) {
        neighbours[kept++] = neighbours[i];
      }
    }
    return kept;
  }

  private boolean visit(int node) {
    long bit = 1L << node;
    int word = node >> 6;
    long before = visited[word];
    visited[word] = before | bit;
    return (before & bit) == 0;
  }
}
