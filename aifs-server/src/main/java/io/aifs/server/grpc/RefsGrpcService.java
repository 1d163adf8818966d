package io.aifs.server.grpc;

import io.aifs.proto.v1.ListSigningKeysRequest;
import io.aifs.proto.v1.ListSigningKeysResponse;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.RotateSigningKeyRequest;
import io.aifs.proto.v1.SigningKeyInfo;
import io.grpc.stub.StreamObserver;

/** {@code aifs.v1.Refs}. */
final class RefsGrpcService extends RefsGrpc.RefsImplBase {
  private final SigningKeyCalls signingKeys;

  RefsGrpcService(SigningKeyCalls signingKeys) {
    this.signingKeys = signingKeys;
  }

  @Override
  public void listSigningKeys(
      ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
    Replies.send(observer, signingKeys.list(request));
  }

  @Override
  public void rotateSigningKey(
      RotateSigningKeyRequest request, StreamObserver<SigningKeyInfo> observer) {
    Replies.send(observer, signingKeys.rotate(request));
  }
}
