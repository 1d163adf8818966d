package io.aifs.server.grpc;

import static java.util.Objects.requireNonNull;

import io.aifs.proto.v1.Event;
import io.aifs.proto.v1.SubscribeEventsResponse;
import io.aifs.server.engine.event.EventId;
import io.aifs.server.engine.event.FeedPage;
import io.aifs.server.engine.event.Subscription;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events, sent no faster than the client takes them. It has a thread only while there
 * is something to send and room for it: else it waits to be told of either. Thread-safe.
 */
final class EventStream {
  /** As many events as are looked at for a message. */
  private static final int EVENTS_AT_A_TIME = 256;

  /** A client that wants few of many events is told now and then how far it has come. */
  private static final int LOOKED_IN_SILENCE_MAX = 8_192;

  private final ServerCallStreamObserver<SubscribeEventsResponse> observer;
  private final Executor executor;
  private final Context context = Context.current();

  /** What has happened since somebody last looked; whoever makes it 1 looks. */
  private final AtomicInteger signals = new AtomicInteger();

  private volatile @Nullable Subscription<Event> subscription;
  private Optional<EventId> end = Optional.empty();
  private int lookedInSilence;
  private boolean greeted;
  private boolean over;

  /** Made inside the call's method, before it returns. */
  EventStream(ServerCallStreamObserver<SubscribeEventsResponse> observer, Executor executor) {
    this.observer = observer;
    this.executor = executor;
    observer.setOnReadyHandler(this::look);
    observer.setOnCancelHandler(this::look);
  }

  /**
   * Begins to send.
   *
   * @param last the event to end with; empty for a stream without an end
   */
  void begin(Subscription<Event> begun, Optional<EventId> last) {
    end = last;
    subscription = begun;
    look();
  }

  /** Something may be to be done: there is news, or room, or the client is gone. */
  void look() {
    if (subscription != null && signals.getAndIncrement() == 0) {
      executor.execute(context.wrap(this::work));
    }
  }

  private void work() {
    int seen = signals.get();
    do {
      try {
        send(requireNonNull(subscription));
      } catch (RuntimeException e) {
        finish(() -> observer.onError(e));
      }
      seen = signals.addAndGet(-seen);
    } while (seen > 0);
  }

  private void send(Subscription<Event> from) {
    if (observer.isCancelled()) {
      finish(() -> {});
    }
    if (!over) {
      from.requireOpen();
      greet(from);
    }
    while (!over && observer.isReady()) {
      FeedPage<Event> page = from.next(EVENTS_AT_A_TIME);
      lookedInSilence += page.looked();
      boolean reached = end.filter(from::reached).isPresent();
      if (!page.events().isEmpty() || reached || lookedInSilence >= LOOKED_IN_SILENCE_MAX) {
        lookedInSilence = 0;
        observer.onNext(
            SubscribeEventsResponse.newBuilder()
                .addAllEvents(page.events())
                .setResumeAfter(page.end().toString())
                .build());
      }
      if (reached) {
        finish(observer::onCompleted);
      } else if (page.looked() == 0) {
        return;
      } else if (observer.isCancelled()) {
        finish(() -> {});
      }
    }
  }

  /** A client that is cut off before the first event knows where to go on, too. */
  private void greet(Subscription<Event> from) {
    if (!greeted) {
      greeted = true;
      observer.onNext(
          SubscribeEventsResponse.newBuilder().setResumeAfter(from.last().toString()).build());
    }
  }

  private void finish(Runnable last) {
    if (!over) {
      over = true;
      requireNonNull(subscription).close();
      last.run();
    }
  }
}
