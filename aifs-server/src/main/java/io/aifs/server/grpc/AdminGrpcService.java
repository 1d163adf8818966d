package io.aifs.server.grpc;

import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.CreateNamespaceResponse;
import io.aifs.proto.v1.ManagePolicyRequest;
import io.aifs.proto.v1.ManagePolicyResponse;
import io.aifs.proto.v1.PruneSnapshotRequest;
import io.aifs.proto.v1.PruneSnapshotResponse;
import io.grpc.stub.StreamObserver;

/** {@code aifs.v1.Admin}. */
final class AdminGrpcService extends AdminGrpc.AdminImplBase {
  private final NamespaceCalls namespaces;
  private final SnapshotCalls snapshots;
  private final PoliciesGrpcService policies;

  AdminGrpcService(
      NamespaceCalls namespaces, SnapshotCalls snapshots, PoliciesGrpcService policies) {
    this.namespaces = namespaces;
    this.snapshots = snapshots;
    this.policies = policies;
  }

  @Override
  public void createNamespace(
      CreateNamespaceRequest request, StreamObserver<CreateNamespaceResponse> observer) {
    Replies.send(observer, namespaces.create(request));
  }

  @Override
  public void pruneSnapshot(
      PruneSnapshotRequest request, StreamObserver<PruneSnapshotResponse> observer) {
    Replies.send(observer, snapshots.prune(request));
  }

  @Override
  public void managePolicy(
      ManagePolicyRequest request, StreamObserver<ManagePolicyResponse> observer) {
    Replies.send(observer, policies.manage(request));
  }
}
