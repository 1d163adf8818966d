package io.aifs.server.grpc;

import io.aifs.proto.v1.FormatGrpc;
import io.aifs.proto.v1.FormatRequest;
import io.aifs.proto.v1.FormatResponse;
import io.aifs.server.engine.StatusService;
import io.grpc.stub.StreamObserver;

/**
 * {@code aifs.v1.Format}. A server that answers has a store already, so there is never anything to
 * initialise, and nothing is ever destroyed.
 */
final class FormatGrpcService extends FormatGrpc.FormatImplBase {
  private final StatusService status;

  FormatGrpcService(StatusService status) {
    this.status = status;
  }

  @Override
  public void formatStorage(FormatRequest request, StreamObserver<FormatResponse> observer) {
    StatusService.Status now = status.status();
    String store =
        "store " + now.storeId() + " of format version " + now.formatVersion() + " is there";
    String log =
        request.getDryRun()
            ? store + "\ndry run: nothing would change\n"
            : store + "\nnothing was changed\n";
    Replies.send(observer, FormatResponse.newBuilder().setSuccess(true).setLog(log).build());
  }
}
