package io.aifs.server.grpc;

import io.aifs.proto.v1.IntrospectGrpc;
import io.aifs.proto.v1.IntrospectRequest;
import io.aifs.proto.v1.IntrospectResponse;
import io.aifs.server.grpc.metrics.Json;
import io.grpc.stub.StreamObserver;

/** {@code aifs.v1.Introspect}: what this server is, without secrets. */
final class IntrospectGrpcService extends IntrospectGrpc.IntrospectImplBase {
  private final EdgeFacts facts;

  IntrospectGrpcService(EdgeFacts facts) {
    this.facts = facts;
  }

  @Override
  public void getInfo(IntrospectRequest request, StreamObserver<IntrospectResponse> observer) {
    Replies.send(
        observer,
        IntrospectResponse.newBuilder()
            .setVersion(facts.version())
            .setConfig(Json.text(facts.config()))
            .addAllFeatures(EdgeFacts.FEATURES)
            .build());
  }
}
