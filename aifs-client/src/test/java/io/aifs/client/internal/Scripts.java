package io.aifs.client.internal;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Answers each streaming call of a fake with the next script, and notes what was asked for. */
final class Scripts {
  final List<Object> requests = new ArrayList<>();

  /** Reaches zero when a call stays open. */
  final CountDownLatch waiting = new CountDownLatch(1);

  private final List<Script> scripts = new ArrayList<>();

  private record Script(List<Object> responses, Optional<Status> end) {}

  /**
   * @param end empty for a stream that stays open
   */
  void then(Optional<Status> end, Object... responses) {
    scripts.add(new Script(List.of(responses), end));
  }

  <R> void play(Object request, StreamObserver<R> observer, Class<R> type) {
    requests.add(request);
    Script script = scripts.removeFirst();
    script.responses().forEach(response -> observer.onNext(type.cast(response)));
    if (script.end().isEmpty()) {
      waiting.countDown();
    } else if (script.end().get().isOk()) {
      observer.onCompleted();
    } else {
      observer.onError(script.end().get().asRuntimeException());
    }
  }
}
