package io.aifs.vector;

import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;

/**
 * How Lucene's writer is set up. An index that began empty is being built until it is searched or
 * optimized: until then, graphs of its parts would be work for nothing.
 */
final class LuceneWriter implements AutoCloseable {
  /** Changes wait for merges if so many are due. */
  private static final int MERGES_MAX = 6;

  private static final int SEGMENTS_PER_TIER = 8;
  private static final int SEGMENTS_PER_TIER_BUILDING = 40;

  private final MergeThreads threads;
  private final TieredMergePolicy policy = new TieredMergePolicy();
  private final IndexWriter writer;
  private volatile boolean building;

  /**
   * @param building whether it is empty
   */
  LuceneWriter(
      Directory directory,
      IndexSpec.Storage storage,
      LuceneVectorIndex.Options options,
      boolean building)
      throws IOException {
    this.building = building;
    this.threads = new MergeThreads(options.threads());
    policy.setMaxMergedSegmentMB(options.segmentMegabytes());
    policy.setSegmentsPerTier(building ? SEGMENTS_PER_TIER_BUILDING : SEGMENTS_PER_TIER);
    ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
    scheduler.setMaxMergesAndThreads(MERGES_MAX, 1);
    scheduler.disableAutoIOThrottle();
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setCodec(new VectorCodec(storage, threads, this::flushedShape))
            .setCommitOnClose(false)
            .setMaxFullFlushMergeWaitMillis(0) // a refresh does not wait for graphs
            .setMergePolicy(new GraphMergePolicy(policy))
            .setMergeScheduler(scheduler);
    config.setRAMBufferSizeMB(options.bufferMegabytes());
    IndexWriter opened = null;
    try {
      opened = new IndexWriter(directory, config);
    } finally {
      if (opened == null) {
        threads.close();
      }
    }
    this.writer = opened;
  }

  private GraphShape flushedShape() {
    return building ? GraphShape.BUILDING : GraphShape.SEARCHED;
  }

  IndexWriter lucene() {
    return writer;
  }

  /** From now on, changes are made for searches that follow them. */
  void endBuilding() {
    if (building) {
      building = false;
      policy.setSegmentsPerTier(SEGMENTS_PER_TIER);
    }
  }

  /** What was not committed is lost. */
  @Override
  public void close() throws IOException {
    try {
      writer.rollback();
    } finally {
      threads.close();
    }
  }
}
