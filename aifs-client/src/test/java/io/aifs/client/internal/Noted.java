package io.aifs.client.internal;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a test server was sent: the headers of each call, the size of each message. */
final class Noted {
  final List<Metadata> headers = new CopyOnWriteArrayList<>();
  final List<Long> wireBytes = new CopyOnWriteArrayList<>();

  ServerInterceptor headersOfCalls() {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata given, ServerCallHandler<Q, R> next) {
        headers.add(given);
        return next.startCall(call, given);
      }
    };
  }

  ServerStreamTracer.Factory sizesOfMessages() {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata given) {
        return new ServerStreamTracer() {
          @Override
          public void inboundMessageRead(int number, long wireBytes, long messageBytes) {
            Noted.this.wireBytes.add(wireBytes);
          }
        };
      }
    };
  }
}
