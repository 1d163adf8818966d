package io.aifs.server.grpc;

import io.aifs.server.grpc.flow.FrameSender;
import io.aifs.server.grpc.flow.StallWatch;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;

/**
 * Runs calls that answer with a stream on a thread of their own, since a callback that waits for
 * the client would keep away the very callback that tells of it. Thread-safe.
 */
final class Streams {
  /** What a call sends; it is over when this returns. */
  @FunctionalInterface
  interface Work<R> {
    void run(FrameSender<R> sender) throws IOException;
  }

  private final Executor executor;
  private final StallWatch stalls;

  Streams(Executor executor, StallWatch stalls) {
    this.executor = executor;
    this.stalls = stalls;
  }

  <R> void run(StreamObserver<R> observer, Work<R> work) {
    FrameSender<R> sender = new FrameSender<>((ServerCallStreamObserver<R>) observer, stalls);
    executor.execute(
        Context.current()
            .wrap(
                () -> {
                  try {
                    work.run(sender);
                  } catch (IOException e) {
                    observer.onError(new UncheckedIOException("sending failed", e));
                    return;
                  } catch (RuntimeException e) {
                    observer.onError(e);
                    return;
                  }
                  observer.onCompleted();
                }));
  }
}
