package io.aifs.vector;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;

/** A lone segment that no merge has made is rewritten on demand too: it may have no graph. */
final class GraphMergePolicy extends FilterMergePolicy {
  private static final String SOURCE = "source";
  private static final String OF_CHANGES = "flush";

  GraphMergePolicy(MergePolicy policy) {
    super(policy);
  }

  @Override
  public MergeSpecification findForcedMerges(
      SegmentInfos infos,
      int segmentsMost,
      Map<SegmentCommitInfo, Boolean> segments,
      MergeContext context)
      throws IOException {
    if (infos.size() == 1
        && segments.containsKey(infos.info(0))
        && OF_CHANGES.equals(infos.info(0).info.getDiagnostics().get(SOURCE))
        && !context.getMergingSegments().contains(infos.info(0))) {
      MergeSpecification one = new MergeSpecification();
      one.add(new OneMerge(List.of(infos.info(0))));
      return one;
    }
    return super.findForcedMerges(infos, segmentsMost, segments, context);
  }
}
