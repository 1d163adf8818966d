package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.proto.v1.AddParentsRequest;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.CollectRequest;
import io.aifs.proto.v1.CollectResponse;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.FindPathRequest;
import io.aifs.proto.v1.FindPathResponse;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.LineageDirection;
import io.aifs.proto.v1.LineageEdge;
import io.aifs.proto.v1.LineageGrpc;
import io.aifs.proto.v1.LineageLimit;
import io.aifs.proto.v1.LineageNode;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.MakeTagRequest;
import io.aifs.proto.v1.NewParents;
import io.aifs.proto.v1.ParentEdge;
import io.aifs.proto.v1.TraverseRequest;
import io.aifs.proto.v1.TraverseResponse;
import io.aifs.proto.v1.WhyPath;
import io.aifs.proto.v1.WhyRequest;
import io.aifs.proto.v1.WhyResponse;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service Lineage on the wire. */
class LineageGrpcServiceTest extends HistoryEdge {
  private LineageGrpc.LineageBlockingStub lineage;
  private String data = "";
  private String model = "";
  private String report = "";

  @BeforeEach
  void putThree() {
    lineage = LineageGrpc.newBlockingStub(channel);
    data = upload("data");
    model = upload("model");
    report = upload("report");
  }

  private String upload(String content) {
    return Upload.put(channel, content.getBytes(StandardCharsets.UTF_8)).getAssetId();
  }

  private int add(String child, String parent, String transform) {
    return lineage.addParents(request(child, parent, transform)).getAdded();
  }

  private static AddParentsRequest request(String child, String parent, String transform) {
    return AddParentsRequest.newBuilder()
        .addChildren(
            NewParents.newBuilder()
                .setChildAssetId(child)
                .addParents(
                    ParentEdge.newBuilder()
                        .setParentAssetId(parent)
                        .setTransformName(transform)
                        .setTransformDigest("v1")))
        .build();
  }

  /** A walk, gathered. */
  private record Walk(List<LineageNode> nodes, List<LineageEdge> edges, List<LineageLimit> cutBy) {}

  private Walk walk(TraverseRequest request) {
    Walk walk = new Walk(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    lineage
        .traverse(request)
        .forEachRemaining(
            (TraverseResponse page) -> {
              walk.nodes().addAll(page.getNodesList());
              walk.edges().addAll(page.getEdgesList());
              walk.cutBy().addAll(page.getCutByList());
            });
    return walk;
  }

  @Test
  void whatIsRecordedIsWalkedAndFound() {
    assertThat(add(model, data, "train")).isEqualTo(1);
    assertThat(add(model, data, "train")).isZero();
    assertThat(add(report, model, "score")).isEqualTo(1);

    Walk down =
        walk(
            TraverseRequest.newBuilder()
                .setAssetId(data)
                .setDirection(LineageDirection.LINEAGE_DOWN)
                .build());
    assertThat(down.nodes())
        .extracting(LineageNode::getAssetId)
        .containsExactly(data, model, report);
    assertThat(down.nodes()).extracting(LineageNode::getDepth).containsExactly(0, 1, 2);
    assertThat(down.edges())
        .extracting(edge -> edge.getParent().getTransformName())
        .containsExactly("train", "score");
    assertThat(down.cutBy()).isEmpty();

    Walk cut = walk(TraverseRequest.newBuilder().setAssetId(report).setDepthMax(1).build());
    assertThat(cut.nodes()).extracting(LineageNode::getAssetId).containsExactly(report, model);
    assertThat(cut.cutBy()).containsExactly(LineageLimit.LINEAGE_LIMIT_DEPTH);

    FindPathResponse path =
        lineage.findPath(
            FindPathRequest.newBuilder().setFromAssetId(report).setToAssetId(data).build());
    assertThat(path.getFound()).isTrue();
    assertThat(path.getDirection()).isEqualTo(LineageDirection.LINEAGE_UP);
    assertThat(path.getNodesList())
        .extracting(LineageNode::getAssetId)
        .containsExactly(report, model, data);
    assertThat(
            aifs.getAsset(GetAssetRequest.newBuilder().setAssetId(data).build()).getChildrenList())
        .containsExactly(model);
  }

  @Test
  void manyEdgesComeInSeveralMessages() {
    AddParentsRequest.Builder request = AddParentsRequest.newBuilder();
    NewParents.Builder child = NewParents.newBuilder().setChildAssetId(model);
    for (int i = 0; i < 3_000; i++) {
      child.addParents(
          ParentEdge.newBuilder().setParentAssetId(data).setTransformName("step " + i));
    }
    assertThat(lineage.addParents(request.addChildren(child).build()).getAdded()).isEqualTo(3_000);
    TraverseRequest up = TraverseRequest.newBuilder().setAssetId(model).setFanOutMax(5_000).build();
    assertThat(walk(up).edges()).hasSize(3_000);
    assertThat(walk(up.toBuilder().setFanOutMax(0).build()).cutBy())
        .containsExactly(LineageLimit.LINEAGE_LIMIT_FAN_OUT);
  }

  @Test
  void whatIsWrongIsRefused() {
    String unknown = idOf("nobody put this");
    assertRefused(Code.FAILED_PRECONDITION, Reason.LINEAGE_CYCLE, () -> add(model, model, "t"));
    assertThat(add(model, data, "train")).isEqualTo(1);
    assertRefused(Code.FAILED_PRECONDITION, Reason.LINEAGE_CYCLE, () -> add(data, model, "t"));
    assertRefused(
        Code.FAILED_PRECONDITION, Reason.PARENT_NOT_FOUND, () -> add(model, unknown, "t"));
    assertRefused(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND, () -> add(unknown, model, "t"));
    assertRefused(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID, () -> add("garbage", model, "t"));
    assertRefused(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID, () -> add(model, "garbage", "t"));
    assertRefused(
        Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID, () -> add(model, data, "t".repeat(2_000)));
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_MISSING,
        () -> lineage.addParents(AddParentsRequest.getDefaultInstance()));
    assertRefused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_MISSING,
        () ->
            lineage.addParents(
                AddParentsRequest.newBuilder()
                    .addChildren(NewParents.newBuilder().setChildAssetId(model))
                    .build()));
    assertRefused(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED, this::addTooMany);
  }

  private void addTooMany() {
    NewParents.Builder child = NewParents.newBuilder().setChildAssetId(model);
    for (int i = 0; i <= Limits.PARENTS_MAX / 2; i++) {
      child.addParents(ParentEdge.newBuilder().setParentAssetId(data).setTransformName("" + i));
    }
    var reply =
        lineage.addParents(
            AddParentsRequest.newBuilder().addChildren(child).addChildren(child).build());
    assertThat(reply.getAdded()).isNegative();
  }

  @Test
  void walksThatAreWrongAreRefused() {
    TraverseRequest whole = TraverseRequest.newBuilder().setAssetId(data).build();
    refused(Reason.ASSET_ID_INVALID, whole.toBuilder().setAssetId("garbage").build());
    refused(Reason.LIMIT_EXCEEDED, whole.toBuilder().setDepthMax(1_001).build());
    refused(Reason.LIMIT_EXCEEDED, whole.toBuilder().setNodesMax(1_000_001).build());
    refused(Reason.LIMIT_EXCEEDED, whole.toBuilder().setFanOutMax(10_001).build());
    refused(Reason.ARGUMENT_INVALID, whole.toBuilder().setDepthMax(-1).build());
    refused(Reason.ARGUMENT_INVALID, whole.toBuilder().setRecordedSince("yesterday").build());
    refused(Reason.ARGUMENT_INVALID, whole.toBuilder().setDirectionValue(7).build());
    refused(Reason.KIND_UNKNOWN, whole.toBuilder().addKindsValue(9).build());
    assertRefused(
        Code.NOT_FOUND,
        Reason.ASSET_NOT_FOUND,
        () -> walk(whole.toBuilder().setAssetId(idOf("none")).build()));
  }

  private void refused(Reason reason, TraverseRequest request) {
    assertRefused(Code.INVALID_ARGUMENT, reason, () -> walk(request));
  }

  @Test
  void anotherNamespaceIsAsGoodAsNone() {
    AdminGrpc.newBlockingStub(channel)
        .createNamespace(CreateNamespaceRequest.newBuilder().setName("other").build());
    assertRefused(
        Code.NOT_FOUND,
        Reason.ASSET_NOT_FOUND,
        () ->
            lineage.addParents(
                request(model, data, "t").toBuilder().setNamespace("other").build()));
    assertRefused(
        Code.NOT_FOUND,
        Reason.ASSET_NOT_FOUND,
        () -> walk(TraverseRequest.newBuilder().setNamespace("other").setAssetId(data).build()));
    assertRefused(
        Code.NOT_FOUND,
        Reason.ASSET_NOT_FOUND,
        () -> lineage.why(WhyRequest.newBuilder().setNamespace("other").setAssetId(data).build()));
  }

  private WhyResponse why(String id) {
    return lineage.why(WhyRequest.newBuilder().setAssetId(id).build());
  }

  private void delete(String id, boolean force) {
    var reply =
        aifs.deleteAsset(DeleteAssetRequest.newBuilder().setAssetId(id).setForce(force).build());
    assertThat(reply.getSuccess()).isTrue();
  }

  @Test
  void whyNamesWhatADeleteIsRefusedFor() {
    assertThat(why(data).getDeleteRefused()).isFalse();
    assertThat(why(data).getUnnamed()).isTrue();
    put("", "d/one", "named");
    String named = idOf("named");
    assertThat(why(named).getPathsList())
        .containsExactly(WhyPath.newBuilder().setBranch("main").setPath("d/one").build());
    assertRefused(Code.FAILED_PRECONDITION, Reason.ASSET_REFERENCED, () -> delete(named, false));
    String snapshot = take("main").getSnapshotId();
    var tag = refs.makeTag(MakeTagRequest.newBuilder().setName("v1").setAt("main").build());
    assertThat(tag.getSnapshotId()).isEqualTo(snapshot);

    WhyResponse reasons = why(named);

    assertThat(reasons.getDeleteRefused()).isTrue();
    assertThat(reasons.getSnapshotsList())
        .filteredOn(each -> each.getSnapshotId().equals(snapshot))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.getPath()).isEqualTo("d/one");
              assertThat(each.getBranchesList()).containsExactly("main");
              assertThat(each.getTagsList()).containsExactly("v1");
            });
    assertThat(why(data).getSnapshotsList())
        .filteredOn(each -> each.getSnapshotId().equals(snapshot))
        .singleElement()
        .satisfies(each -> assertThat(each.getPath()).isEmpty());
  }

  @Test
  void childrenHoldTheirParentUntilTheyAreDeleted() {
    assertThat(add(model, data, "train")).isEqualTo(1);
    assertThat(why(data).getChildrenList())
        .extracting(LineageEdge::getChildAssetId)
        .containsExactly(model);
    assertRefused(Code.FAILED_PRECONDITION, Reason.ASSET_REFERENCED, () -> delete(data, false));

    delete(model, false);

    assertThat(why(data).getDeleteRefused()).isFalse();
    assertThat(why(data).getChildrenList()).isEmpty();
    assertThat(why(model).getAsset().getDeletedAt()).isNotEmpty();
    assertThat(why(model).getRevivable()).isTrue();
    delete(data, false);
    collectAll();
    Walk up = walk(TraverseRequest.newBuilder().setAssetId(model).build());
    assertThat(up.nodes()).allSatisfy(node -> assertThat(node.getDeletedAt()).isNotEmpty());
    assertThat(up.nodes()).hasSize(2);
  }

  /** Deletes at once what nothing needs; lineage is no content. */
  private void collectAll() {
    List<CollectResponse> told = new ArrayList<>();
    MaintenanceGrpc.newBlockingStub(channel)
        .collect(CollectRequest.getDefaultInstance())
        .forEachRemaining(told::add);
    assertThat(told.getLast().hasSummary()).isTrue();
  }

  @Test
  void aForcedDeleteLeavesLineage() {
    assertThat(add(model, data, "train")).isEqualTo(1);
    delete(data, true);
    Walk up =
        walk(TraverseRequest.newBuilder().setAssetId(model).addKinds(AssetKind.TENSOR).build());
    assertThat(up.nodes()).extracting(LineageNode::getAssetId).containsExactly(model, data);
    assertThat(up.nodes()).extracting(LineageNode::getSelected).containsOnly(false);
    assertThat(up.nodes().getLast().getDeletedAt()).isNotEmpty();
  }
}
