package io.aifs.client;

import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.util.List;

/** An asset with its lineage, one step up and down; at most 1,000 children are named. */
public record AssetDetail(
    AssetInfo info, List<ParentEdge> parents, List<Digest> children, boolean childrenTruncated) {
  public AssetDetail {
    parents = List.copyOf(parents);
    children = List.copyOf(children);
  }
}
