package io.aifs.server.engine.search;

import java.time.Duration;

/**
 * How indexes follow.
 *
 * @param commitEvery how old a change may be that is not durable in an index
 * @param commitChanges how many assets may have changed since what is durable
 * @param rows events, or embeddings, that are read at a time
 * @param batchBytes vectors that are put into an index at a time
 * @param retryFirst how long to wait after the first failure; twice as long after each further one
 * @param retryMax the longest wait
 * @param checkSpaces how long to wait before a namespace without spaces is looked at again
 */
public record IndexTuning(
    Duration commitEvery,
    long commitChanges,
    int rows,
    long batchBytes,
    Duration retryFirst,
    Duration retryMax,
    Duration checkSpaces) {
  public static final IndexTuning DEFAULT =
      new IndexTuning(
          Duration.ofSeconds(30),
          50_000,
          1_000,
          8 << 20,
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1));

  /** How long to wait after so many failures in a row, from 1. */
  Duration pause(int failures) {
    Duration pause = retryFirst.multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
    return pause.compareTo(retryMax) < 0 ? pause : retryMax;
  }
}
