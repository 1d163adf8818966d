package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.Timestamps;
import io.aifs.proto.v1.AddParentsRequest;
import io.aifs.proto.v1.AddParentsResponse;
import io.aifs.proto.v1.FindPathRequest;
import io.aifs.proto.v1.FindPathResponse;
import io.aifs.proto.v1.LineageDirection;
import io.aifs.proto.v1.LineageGrpc;
import io.aifs.proto.v1.NewParents;
import io.aifs.proto.v1.TraverseRequest;
import io.aifs.proto.v1.TraverseResponse;
import io.aifs.proto.v1.WhyRequest;
import io.aifs.proto.v1.WhyResponse;
import io.aifs.server.catalog.EdgeFilter;
import io.aifs.server.catalog.LineageSide;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.WhyService;
import io.aifs.server.engine.lineage.FoundPath;
import io.aifs.server.engine.lineage.LineageCommit;
import io.aifs.server.engine.lineage.LineageLimit;
import io.aifs.server.engine.lineage.LineageService;
import io.aifs.server.engine.lineage.TraverseOrder;
import io.aifs.server.grpc.gate.CallScope;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code aifs.v1.Lineage}. */
final class LineageGrpcService extends LineageGrpc.LineageImplBase {
  private static final int REASONS_DEFAULT = 100;
  private static final int REASONS_MAX = 1_000;

  private final LineageService lineage;
  private final WhyService reasons;
  private final Namespaces namespaces;
  private final Streams streams;

  LineageGrpcService(
      LineageService lineage, WhyService reasons, Namespaces namespaces, Streams streams) {
    this.lineage = lineage;
    this.reasons = reasons;
    this.namespaces = namespaces;
    this.streams = streams;
  }

  @Override
  public void addParents(AddParentsRequest request, StreamObserver<AddParentsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    LineageCommit.Outcome outcome =
        lineage.addParents(
            namespace,
            children(request.getChildrenList()),
            Requests.writeRequest(request.getRequestId(), namespace.name(), "AddParents", request));
    Replies.send(
        observer,
        AddParentsResponse.newBuilder()
            .setAdded(outcome.added())
            .setVersion(outcome.version())
            .build());
  }

  static List<io.aifs.server.engine.lineage.NewParents> children(List<NewParents> children) {
    if (children.isEmpty()) {
      throw Requests.invalid(
          Reason.ARGUMENT_MISSING,
          "children",
          "there are no children",
          "name at least one asset and what it was made from");
    }
    List<io.aifs.server.engine.lineage.NewParents> found = new ArrayList<>(children.size());
    int edges = 0;
    for (NewParents child : children) {
      String field = "children[" + found.size() + "]";
      List<ParentEdge> parents = Requests.parents(field + ".parents", child.getParentsList());
      edges += parents.size();
      if (parents.isEmpty()) {
        throw Requests.invalid(
            Reason.ARGUMENT_MISSING,
            field + ".parents",
            field + " has no parents",
            "name what it was made from, or leave it out");
      }
      if (edges > Limits.PARENTS_MAX) {
        throw Requests.invalid(
            Reason.LIMIT_EXCEEDED,
            "children",
            "there are over " + Limits.PARENTS_MAX + " edges",
            "split the call");
      }
      found.add(
          new io.aifs.server.engine.lineage.NewParents(
              Requests.assetId(field + ".child_asset_id", child.getChildAssetId()), parents));
    }
    return found;
  }

  @Override
  public void traverse(TraverseRequest request, StreamObserver<TraverseResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    TraverseOrder order = order(request);
    streams.run(
        observer,
        sender -> {
          Set<LineageLimit> cutBy =
              lineage.traverse(
                  namespace, order, page -> LineageWire.pages(page).forEach(sender::send));
          sender.send(
              TraverseResponse.newBuilder()
                  .addAllCutBy(cutBy.stream().map(LineageWire::limit).toList())
                  .build());
        });
  }

  private static TraverseOrder order(TraverseRequest request) {
    return new TraverseOrder(
        Requests.assetId("asset_id", request.getAssetId()),
        side(request.getDirection()),
        bound(
            "depth_max",
            request.getDepthMax(),
            TraverseOrder.DEPTH_DEFAULT,
            TraverseOrder.DEPTH_MAX),
        bound(
            "nodes_max",
            request.getNodesMax(),
            TraverseOrder.NODES_DEFAULT,
            TraverseOrder.NODES_MAX),
        bound(
            "fan_out_max",
            request.getFanOutMax(),
            TraverseOrder.FAN_OUT_DEFAULT,
            TraverseOrder.FAN_OUT_MAX),
        new EdgeFilter(
            Set.copyOf(request.getTransformsList()),
            time("recorded_since", request.getRecordedSince()).orElse(Instant.MIN),
            time("recorded_until", request.getRecordedUntil()).orElse(Instant.MAX)),
        kinds(request.getKindsValueList()),
        time("created_since", request.getCreatedSince()).orElse(Instant.MIN),
        time("created_until", request.getCreatedUntil()).orElse(Instant.MAX));
  }

  private static LineageSide side(LineageDirection direction) {
    return switch (direction) {
      case LINEAGE_UP -> LineageSide.PARENTS;
      case LINEAGE_DOWN -> LineageSide.CHILDREN;
      case UNRECOGNIZED ->
          throw Requests.invalid(
              Reason.ARGUMENT_INVALID,
              "direction",
              "the direction is not known",
              "send LINEAGE_UP 0 or LINEAGE_DOWN 1");
    };
  }

  /** Nobody who asks for more than there may be is to take the answer for whole. */
  private static int bound(String field, int value, int otherwise, int most) {
    if (value > most) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED, field, field + " is over " + most, "send at most " + most);
    }
    return Requests.limit(field, value, otherwise, most);
  }

  private static Set<AssetKind> kinds(List<Integer> numbers) {
    Set<AssetKind> kinds = new HashSet<>();
    numbers.forEach(number -> kinds.add(Requests.kind(number)));
    return kinds;
  }

  private static Optional<Instant> time(String field, String value) {
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Requests.parsed(
                Reason.ARGUMENT_INVALID,
                field,
                "send a time as replies have it",
                () -> Timestamps.parse(value)));
  }

  @Override
  public void findPath(FindPathRequest request, StreamObserver<FindPathResponse> observer) {
    FoundPath found =
        lineage.path(
            namespaces.of(request.getNamespace()),
            Requests.assetId("from_asset_id", request.getFromAssetId()),
            Requests.assetId("to_asset_id", request.getToAssetId()));
    Replies.send(observer, LineageWire.path(found));
  }

  @Override
  public void why(WhyRequest request, StreamObserver<WhyResponse> observer) {
    WhyResponse.Builder reply =
        LineageWire.kept(
            reasons.why(
                namespaces.of(request.getNamespace()),
                Requests.assetId("asset_id", request.getAssetId()),
                Requests.limit("limit", request.getLimit(), REASONS_DEFAULT, REASONS_MAX)));
    if (CallScope.current().caller().namespaces().isPresent()) {
      reply.clearOpenUploads(); // those of others count too
    }
    Replies.send(observer, reply.build());
  }
}
