package io.aifs.server.grpc;

import io.grpc.stub.StreamObserver;

/** Ends a call that has one answer. */
final class Replies {
  private Replies() {}

  static <R> void send(StreamObserver<R> observer, R reply) {
    observer.onNext(reply);
    observer.onCompleted();
  }
}
