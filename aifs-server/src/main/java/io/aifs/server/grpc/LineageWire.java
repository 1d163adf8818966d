package io.aifs.server.grpc;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.FindPathResponse;
import io.aifs.proto.v1.LineageDirection;
import io.aifs.proto.v1.LineageEdge;
import io.aifs.proto.v1.TraverseResponse;
import io.aifs.proto.v1.WhyPath;
import io.aifs.proto.v1.WhyResponse;
import io.aifs.proto.v1.WhySnapshot;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageNode;
import io.aifs.server.catalog.LineageSide;
import io.aifs.server.engine.KeptBy;
import io.aifs.server.engine.lineage.FoundPath;
import io.aifs.server.engine.lineage.LineageLimit;
import io.aifs.server.engine.lineage.LineagePage;
import java.util.ArrayList;
import java.util.List;

/** Lineage as messages. */
final class LineageWire {
  /** Assets and edges of one message. */
  private static final int PARTS_MAX = 1_024;

  private LineageWire() {}

  /** The messages of a page: first its assets, then its edges. */
  static List<TraverseResponse> pages(LineagePage page) {
    List<TraverseResponse> messages = new ArrayList<>();
    TraverseResponse.Builder message = TraverseResponse.newBuilder();
    for (LineagePage.Step step : page.steps()) {
      message.addNodes(node(step.node(), step.depth(), step.selected()));
      message = sentIfFull(message, messages);
    }
    for (EdgeRow edge : page.edges()) {
      message.addEdges(edge(edge));
      message = sentIfFull(message, messages);
    }
    for (Digest id : page.moreAt()) {
      message.addMoreAt(id.hex());
      message = sentIfFull(message, messages);
    }
    if (parts(message) > 0) {
      messages.add(message.build());
    }
    return messages;
  }

  private static TraverseResponse.Builder sentIfFull(
      TraverseResponse.Builder message, List<TraverseResponse> messages) {
    if (parts(message) < PARTS_MAX) {
      return message;
    }
    messages.add(message.build());
    return TraverseResponse.newBuilder();
  }

  private static int parts(TraverseResponse.Builder message) {
    return message.getNodesCount() + message.getEdgesCount() + message.getMoreAtCount();
  }

  private static io.aifs.proto.v1.LineageNode node(LineageNode node, int depth, boolean selected) {
    io.aifs.proto.v1.LineageNode.Builder message =
        io.aifs.proto.v1.LineageNode.newBuilder()
            .setAssetId(node.id().hex())
            .setKind(Wire.kind(node.kind()))
            .setSize(node.size())
            .setDepth(depth)
            .setSelected(selected);
    node.createdAt().map(Wire::timestamp).ifPresent(message::setCreatedAt);
    node.deletedAt().map(Wire::timestamp).ifPresent(message::setDeletedAt);
    return message.build();
  }

  private static LineageEdge edge(EdgeRow edge) {
    return LineageEdge.newBuilder()
        .setChildAssetId(edge.child().hex())
        .setParent(Wire.edge(edge.edge()))
        .setAt(Wire.timestamp(edge.at()))
        .build();
  }

  static io.aifs.proto.v1.LineageLimit limit(LineageLimit limit) {
    return switch (limit) {
      case DEPTH -> io.aifs.proto.v1.LineageLimit.LINEAGE_LIMIT_DEPTH;
      case NODES -> io.aifs.proto.v1.LineageLimit.LINEAGE_LIMIT_NODES;
      case FAN_OUT -> io.aifs.proto.v1.LineageLimit.LINEAGE_LIMIT_FAN_OUT;
      case EDGES -> io.aifs.proto.v1.LineageLimit.LINEAGE_LIMIT_EDGES;
    };
  }

  static FindPathResponse path(FoundPath found) {
    FindPathResponse.Builder message = FindPathResponse.newBuilder().setCut(found.cut());
    found
        .path()
        .ifPresent(
            path -> {
              message.setFound(true);
              message.setDirection(
                  path.side() == LineageSide.PARENTS
                      ? LineageDirection.LINEAGE_UP
                      : LineageDirection.LINEAGE_DOWN);
              for (LineageNode node : path.nodes()) {
                message.addNodes(node(node, message.getNodesCount(), true));
              }
              path.edges().forEach(edge -> message.addEdges(edge(edge)));
            });
    return message.build();
  }

  static WhyResponse.Builder kept(KeptBy kept) {
    WhyResponse.Builder message =
        WhyResponse.newBuilder()
            .setAsset(node(kept.asset(), 0, true))
            .setDeleteRefused(kept.refusesDelete())
            .setTruncated(kept.truncated())
            .setUnnamed(kept.unnamed())
            .setEmbeddings(kept.embeddings())
            .setOpenUploads(kept.openUploads())
            .setRevivable(kept.revivable());
    kept.paths()
        .forEach(
            place ->
                message.addPaths(
                    WhyPath.newBuilder()
                        .setBranch(place.branch().value())
                        .setPath(place.path().value())));
    kept.snapshots().forEach(snapshot -> message.addSnapshots(snapshot(snapshot)));
    kept.children().forEach(edge -> message.addChildren(edge(edge)));
    return message;
  }

  private static WhySnapshot snapshot(KeptBy.InSnapshot snapshot) {
    return WhySnapshot.newBuilder()
        .setSnapshotId(snapshot.id().hex())
        .setCreatedAt(Wire.timestamp(snapshot.createdAt()))
        .setPath(snapshot.path().map(TreePath::value).orElse(""))
        .addAllBranches(snapshot.branches().stream().map(Name::value).toList())
        .addAllTags(snapshot.tags().stream().map(Name::value).toList())
        .build();
  }
}
