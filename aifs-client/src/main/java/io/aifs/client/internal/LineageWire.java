package io.aifs.client.internal;

import io.aifs.client.Lineage.Direction;
import io.aifs.client.Lineage.Edge;
import io.aifs.client.Lineage.InBranch;
import io.aifs.client.Lineage.InSnapshot;
import io.aifs.client.Lineage.Limit;
import io.aifs.client.Lineage.Node;
import io.aifs.client.Lineage.Page;
import io.aifs.client.Lineage.Path;
import io.aifs.client.Lineage.Reasons;
import io.aifs.client.WalkOptions;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.FindPathResponse;
import io.aifs.proto.v1.LineageDirection;
import io.aifs.proto.v1.LineageEdge;
import io.aifs.proto.v1.LineageLimit;
import io.aifs.proto.v1.LineageNode;
import io.aifs.proto.v1.TraverseRequest;
import io.aifs.proto.v1.TraverseResponse;
import io.aifs.proto.v1.WhyPath;
import io.aifs.proto.v1.WhyResponse;
import io.aifs.proto.v1.WhySnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Messages about lineage as records, and back; throws as {@link FromWire} does. */
final class LineageWire {
  static TraverseRequest request(Name namespace, Digest start, WalkOptions options) {
    TraverseRequest.Builder request =
        TraverseRequest.newBuilder()
            .setNamespace(namespace.value())
            .setAssetId(start.hex())
            .setDirection(
                options.direction() == Direction.UP
                    ? LineageDirection.LINEAGE_UP
                    : LineageDirection.LINEAGE_DOWN)
            .setDepthMax(options.depth())
            .setNodesMax(options.nodes())
            .setFanOutMax(options.fanOut())
            .addAllTransforms(options.transforms())
            .setRecordedSince(time(options.recorded().since()))
            .setRecordedUntil(time(options.recorded().until()))
            .setCreatedSince(time(options.created().since()))
            .setCreatedUntil(time(options.created().until()));
    options.kinds().forEach(kind -> request.addKindsValue(kind.code()));
    return request.build();
  }

  private static String time(Optional<Instant> time) {
    return time.map(Timestamps::format).orElse("");
  }

  static Page page(TraverseResponse response) {
    return new Page(
        nodes(response.getNodesList()),
        edges(response.getEdgesList()),
        response.getMoreAtList().stream().map(Digest::parse).toList());
  }

  static Limit limit(LineageLimit limit) {
    return switch (limit) {
      case LINEAGE_LIMIT_DEPTH -> Limit.DEPTH;
      case LINEAGE_LIMIT_NODES -> Limit.NODES;
      case LINEAGE_LIMIT_FAN_OUT -> Limit.FAN_OUT;
      case LINEAGE_LIMIT_EDGES -> Limit.EDGES;
      case LINEAGE_LIMIT_UNKNOWN, UNRECOGNIZED -> Limit.OTHER;
    };
  }

  static Path path(FindPathResponse response) {
    return new Path(
        response.getFound(),
        response.getDirection() == LineageDirection.LINEAGE_DOWN ? Direction.DOWN : Direction.UP,
        nodes(response.getNodesList()),
        edges(response.getEdgesList()),
        response.getCut());
  }

  static Reasons reasons(WhyResponse response) {
    return new Reasons(
        node(response.getAsset()),
        response.getDeleteRefused(),
        response.getPathsList().stream().map(LineageWire::place).toList(),
        response.getSnapshotsList().stream().map(LineageWire::snapshot).toList(),
        edges(response.getChildrenList()),
        response.getTruncated(),
        response.getUnnamed(),
        response.getEmbeddings(),
        response.getOpenUploads(),
        response.getRevivable());
  }

  private static InBranch place(WhyPath path) {
    return new InBranch(new Name(path.getBranch()), new TreePath(path.getPath()));
  }

  private static InSnapshot snapshot(WhySnapshot snapshot) {
    return new InSnapshot(
        new SnapshotId(snapshot.getSnapshotId()),
        FromWire.instant(snapshot.getCreatedAt()),
        snapshot.getPath().isEmpty()
            ? Optional.empty()
            : Optional.of(new TreePath(snapshot.getPath())),
        snapshot.getBranchesList().stream().map(Name::new).toList(),
        snapshot.getTagsList().stream().map(Name::new).toList());
  }

  private static List<Node> nodes(List<LineageNode> nodes) {
    return nodes.stream().map(LineageWire::node).toList();
  }

  private static Node node(LineageNode node) {
    return new Node(
        Digest.parse(node.getAssetId()),
        AssetKind.ofCode(node.getKindValue()),
        node.getSize(),
        instant(node.getCreatedAt()),
        instant(node.getDeletedAt()),
        node.getDepth(),
        node.getSelected());
  }

  private static Optional<Instant> instant(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(FromWire.instant(text));
  }

  private static List<Edge> edges(List<LineageEdge> edges) {
    return edges.stream().map(LineageWire::edge).toList();
  }

  private static Edge edge(LineageEdge edge) {
    return new Edge(
        Digest.parse(edge.getChildAssetId()),
        FromWire.parent(edge.getParent()),
        FromWire.instant(edge.getAt()));
  }

  private LineageWire() {}
}
