package io.aifs.server.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** Calls any method with an empty message and tells how it ended. */
final class RawCalls {
  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  /** Has no end of its own: its first reply counts as one. */
  private static final String ENDLESS = "aifs.v1.AIFS/SubscribeEvents";

  private RawCalls() {}

  /** The exception of a call with one empty message; OK is one too. */
  static StatusRuntimeException end(Channel channel, MethodDescriptor<?, ?> method) {
    return end(channel, method, new byte[0]);
  }

  /** The same of a call with one message that holds this. */
  static StatusRuntimeException end(
      Channel channel, MethodDescriptor<?, ?> method, byte[] message) {
    MethodDescriptor<byte[], byte[]> raw = method.toBuilder(BYTES, BYTES).build();
    CompletableFuture<StatusRuntimeException> end = new CompletableFuture<>();
    StreamObserver<byte[]> requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(raw, CallOptions.DEFAULT),
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] reply) {
                if (method.getFullMethodName().equals(ENDLESS)) {
                  end.complete(Status.OK.asRuntimeException());
                }
              }

              @Override
              public void onError(Throwable error) {
                end.complete((StatusRuntimeException) error);
              }

              @Override
              public void onCompleted() {
                end.complete(Status.OK.asRuntimeException());
              }
            });
    requests.onNext(message);
    requests.onCompleted();
    StatusRuntimeException ended = end.join();
    if (method.getFullMethodName().equals(ENDLESS)) {
      requests.onError(Status.CANCELLED.asRuntimeException());
    }
    return ended;
  }
}
