package io.aifs.server.grpc;

import io.aifs.proto.v1.FormatGrpc;
import io.aifs.proto.v1.FormatRequest;
import io.aifs.proto.v1.FormatResponse;
import io.grpc.stub.StreamObserver;

/**
 * {@code aifs.v1.Format}. A server that answers has a store already, so there is never anything to
 * initialise, and nothing is ever destroyed.
 */
final class FormatGrpcService extends FormatGrpc.FormatImplBase {
  private final EdgeFacts facts;

  FormatGrpcService(EdgeFacts facts) {
    this.facts = facts;
  }

  @Override
  public void formatStorage(FormatRequest request, StreamObserver<FormatResponse> observer) {
    String store =
        "store " + facts.storeId() + " of format version " + facts.formatVersion() + " is there";
    String log =
        request.getDryRun()
            ? store + "\ndry run: nothing would change\n"
            : store + "\nnothing was changed\n";
    Replies.send(observer, FormatResponse.newBuilder().setSuccess(true).setLog(log).build());
  }
}
