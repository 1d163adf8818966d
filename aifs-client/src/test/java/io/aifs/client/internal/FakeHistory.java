package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.BranchInfo;
import io.aifs.proto.v1.BranchMove;
import io.aifs.proto.v1.CheckSnapshotRequest;
import io.aifs.proto.v1.CheckSnapshotResponse;
import io.aifs.proto.v1.CheckoutRequest;
import io.aifs.proto.v1.CheckoutResponse;
import io.aifs.proto.v1.DeleteTagRequest;
import io.aifs.proto.v1.DeleteTagResponse;
import io.aifs.proto.v1.DescribeBranchRequest;
import io.aifs.proto.v1.DescribeSnapshotRequest;
import io.aifs.proto.v1.DiffRequest;
import io.aifs.proto.v1.DiffResponse;
import io.aifs.proto.v1.EndBranchRequest;
import io.aifs.proto.v1.EndBranchResponse;
import io.aifs.proto.v1.HistoryGrpc;
import io.aifs.proto.v1.ListBranchInfosRequest;
import io.aifs.proto.v1.ListBranchInfosResponse;
import io.aifs.proto.v1.ListBranchMovesRequest;
import io.aifs.proto.v1.ListBranchMovesResponse;
import io.aifs.proto.v1.ListSnapshotAssetsRequest;
import io.aifs.proto.v1.ListSnapshotAssetsResponse;
import io.aifs.proto.v1.ListSnapshotsRequest;
import io.aifs.proto.v1.ListSnapshotsResponse;
import io.aifs.proto.v1.ListTagInfosRequest;
import io.aifs.proto.v1.ListTagInfosResponse;
import io.aifs.proto.v1.LogRequest;
import io.aifs.proto.v1.LogResponse;
import io.aifs.proto.v1.MakeTagRequest;
import io.aifs.proto.v1.MergeRequest;
import io.aifs.proto.v1.MergeResponse;
import io.aifs.proto.v1.MoveBranchRequest;
import io.aifs.proto.v1.ProtectBranchRequest;
import io.aifs.proto.v1.ProveEntryRequest;
import io.aifs.proto.v1.ProveEntryResponse;
import io.aifs.proto.v1.PruneSnapshotRequest;
import io.aifs.proto.v1.PruneSnapshotResponse;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.RevertRequest;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.StartBranchRequest;
import io.aifs.proto.v1.TagInfo;
import io.aifs.proto.v1.TakeSnapshotRequest;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers every call about snapshots, branches and tags, and notes the requests. */
final class FakeHistory {
  static final String ROOT = "ab".repeat(32);

  final LinkedBlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
  final List<Object> requests = new CopyOnWriteArrayList<>();

  /** What it has, in pages of two. */
  final List<SnapshotInfo> snapshots = new ArrayList<>();

  final List<DiffResponse> diffs = new ArrayList<>();

  /** Whether every page names itself as the next one. */
  volatile boolean circular;

  volatile MergeResponse merge = MergeResponse.getDefaultInstance();

  BindableService[] services() {
    return new BindableService[] {new History(), new Refs(), new Aifs(), new Admin()};
  }

  /** A snapshot whose id is {@code number} in 32 digits. */
  static SnapshotInfo snapshot(int number) {
    return SnapshotInfo.newBuilder()
        .setSnapshotId(id(number))
        .setNamespace("papers")
        .setMerkleRoot(ROOT)
        .setCreatedAt("2026-11-26T08:00:00.123456+00:00")
        .addParents(id(number + 1))
        .setAuthor("ada")
        .setMessage("number " + number)
        .putMetadata("k", "v")
        .setSignedBy("key")
        .setStatement(ByteString.copyFromUtf8("statement"))
        .setSignature(ByteString.copyFromUtf8("signature"))
        .setEntries(3)
        .setContentBytes(4)
        .setUnnamed(5)
        .build();
  }

  static String id(int number) {
    return "%032d".formatted(number);
  }

  private static BranchInfo branch(String name) {
    return BranchInfo.newBuilder()
        .setName(name)
        .setNamespace("papers")
        .setSnapshotId(id(7))
        .setCreatedAt("2026-11-26T08:00:00.000000+00:00")
        .setUpdatedAt("2026-11-26T09:00:00.000000+00:00")
        .setProtected(true)
        .setChanged(true)
        .build();
  }

  private static TagInfo tag(String name) {
    return TagInfo.newBuilder()
        .setName(name)
        .setSnapshotId(id(7))
        .setCreatedAt("2026-11-26T08:00:00.000000+00:00")
        .setWho("token")
        .build();
  }

  private <R> void answer(Object request, StreamObserver<R> responses, R response) {
    requests.add(request);
    RuntimeException failure = failures.poll();
    if (failure != null) {
      responses.onError(failure);
      return;
    }
    responses.onNext(response);
    responses.onCompleted();
  }

  private List<SnapshotInfo> page(String token) {
    int from = token.isEmpty() ? 0 : Integer.parseInt(token);
    return snapshots.subList(from, Math.min(from + 2, snapshots.size()));
  }

  private String next(String token) {
    int from = token.isEmpty() ? 0 : Integer.parseInt(token);
    if (circular) {
      return "1";
    }
    return from + 2 < snapshots.size() ? "" + (from + 2) : "";
  }

  private final class History extends HistoryGrpc.HistoryImplBase {
    @Override
    public void takeSnapshot(TakeSnapshotRequest request, StreamObserver<SnapshotInfo> responses) {
      answer(request, responses, snapshot(1).toBuilder().setUnchanged(true).build());
    }

    @Override
    public void describeSnapshot(
        DescribeSnapshotRequest request, StreamObserver<SnapshotInfo> responses) {
      answer(request, responses, snapshot(2));
    }

    @Override
    public void listSnapshots(
        ListSnapshotsRequest request, StreamObserver<ListSnapshotsResponse> responses) {
      answer(
          request,
          responses,
          ListSnapshotsResponse.newBuilder()
              .addAllSnapshots(page(request.getPageToken()))
              .setNextPageToken(next(request.getPageToken()))
              .build());
    }

    @Override
    public void listSnapshotAssets(
        ListSnapshotAssetsRequest request, StreamObserver<ListSnapshotAssetsResponse> responses) {
      boolean first = request.getPageToken().isEmpty();
      answer(
          request,
          responses,
          ListSnapshotAssetsResponse.newBuilder()
              .addAssetIds(ROOT)
              .setNextPageToken(first ? "more" : "")
              .build());
    }

    @Override
    public void checkSnapshot(
        CheckSnapshotRequest request, StreamObserver<CheckSnapshotResponse> responses) {
      answer(
          request,
          responses,
          CheckSnapshotResponse.newBuilder()
              .setSnapshotId(id(2))
              .setSignatureValid(true)
              .addProblems("bit 7")
              .setNodes(8)
              .setEntries(9)
              .build());
    }

    @Override
    public void proveEntry(
        ProveEntryRequest request, StreamObserver<ProveEntryResponse> responses) {
      answer(
          request,
          responses,
          ProveEntryResponse.newBuilder()
              .setSnapshotId(id(2))
              .setProof(ByteString.copyFromUtf8("proof"))
              .build());
    }

    @Override
    public void log(LogRequest request, StreamObserver<LogResponse> responses) {
      answer(
          request,
          responses,
          LogResponse.newBuilder()
              .addAllSnapshots(page(request.getPageToken()))
              .setNextPageToken(next(request.getPageToken()))
              .build());
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffResponse> responses) {
      int number = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
      answer(request, responses, diffs.get(number));
    }

    @Override
    public void merge(MergeRequest request, StreamObserver<MergeResponse> responses) {
      answer(request, responses, merge);
    }

    @Override
    public void revert(RevertRequest request, StreamObserver<MergeResponse> responses) {
      answer(request, responses, merge);
    }

    @Override
    public void checkout(CheckoutRequest request, StreamObserver<CheckoutResponse> responses) {
      answer(request, responses, CheckoutResponse.newBuilder().setEntries(12).build());
    }
  }

  private final class Refs extends RefsGrpc.RefsImplBase {
    @Override
    public void startBranch(StartBranchRequest request, StreamObserver<BranchInfo> responses) {
      answer(request, responses, branch(request.getName()));
    }

    @Override
    public void moveBranch(MoveBranchRequest request, StreamObserver<BranchInfo> responses) {
      answer(request, responses, branch(request.getName()));
    }

    @Override
    public void endBranch(EndBranchRequest request, StreamObserver<EndBranchResponse> responses) {
      answer(request, responses, EndBranchResponse.newBuilder().setSnapshotId(id(7)).build());
    }

    @Override
    public void protectBranch(ProtectBranchRequest request, StreamObserver<BranchInfo> responses) {
      answer(request, responses, branch(request.getName()));
    }

    @Override
    public void describeBranch(
        DescribeBranchRequest request, StreamObserver<BranchInfo> responses) {
      answer(request, responses, branch(request.getName()));
    }

    @Override
    public void listBranchInfos(
        ListBranchInfosRequest request, StreamObserver<ListBranchInfosResponse> responses) {
      boolean first = request.getPageToken().isEmpty();
      answer(
          request,
          responses,
          ListBranchInfosResponse.newBuilder()
              .addBranches(branch(first ? "a" : "b"))
              .setNextPageToken(first ? "a" : "")
              .build());
    }

    @Override
    public void listBranchMoves(
        ListBranchMovesRequest request, StreamObserver<ListBranchMovesResponse> responses) {
      answer(
          request,
          responses,
          ListBranchMovesResponse.newBuilder()
              .addMoves(
                  BranchMove.newBuilder()
                      .setSequence(5)
                      .setName(request.getName())
                      .setToSnapshotId(id(7))
                      .setAt("2026-11-26T08:00:00.000000+00:00")
                      .setWho("token")
                      .setReason("because"))
              .build());
    }

    @Override
    public void makeTag(MakeTagRequest request, StreamObserver<TagInfo> responses) {
      answer(request, responses, tag(request.getName()));
    }

    @Override
    public void listTagInfos(
        ListTagInfosRequest request, StreamObserver<ListTagInfosResponse> responses) {
      answer(request, responses, ListTagInfosResponse.newBuilder().addTags(tag("v1")).build());
    }
  }

  private final class Aifs extends AIFSGrpc.AIFSImplBase {
    @Override
    public void deleteTag(DeleteTagRequest request, StreamObserver<DeleteTagResponse> responses) {
      answer(request, responses, DeleteTagResponse.newBuilder().setSuccess(true).build());
    }
  }

  private final class Admin extends AdminGrpc.AdminImplBase {
    @Override
    public void pruneSnapshot(
        PruneSnapshotRequest request, StreamObserver<PruneSnapshotResponse> responses) {
      answer(request, responses, PruneSnapshotResponse.newBuilder().setSuccess(true).build());
    }
  }
}
