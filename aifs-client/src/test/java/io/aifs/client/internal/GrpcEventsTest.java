package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.EventOptions;
import io.aifs.client.EventOptions.Start;
import io.aifs.client.EventSubscription;
import io.aifs.client.StoreEvent;
import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.Event;
import io.aifs.proto.v1.SubscribeEventsRequest;
import io.aifs.proto.v1.SubscribeEventsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcEventsTest {
  private static final Digest ID = Digest.of(new byte[] {1});

  private final Scripts fake = new Scripts();
  private TestServer server;

  private final class FakeEvents extends AIFSGrpc.AIFSImplBase {
    @Override
    public void subscribeEvents(
        SubscribeEventsRequest request, StreamObserver<SubscribeEventsResponse> observer) {
      fake.play(request, observer, SubscribeEventsResponse.class);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(new FakeEvents());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static SubscribeEventsResponse response(String resumeAfter, String... ids) {
    SubscribeEventsResponse.Builder response =
        SubscribeEventsResponse.newBuilder().setResumeAfter(resumeAfter);
    for (String id : ids) {
      response.addEvents(Event.newBuilder().setEventId(id).setEventType("t"));
    }
    return response.build();
  }

  private List<SubscribeEventsRequest> requests() {
    return fake.requests.stream().map(SubscribeEventsRequest.class::cast).toList();
  }

  private EventSubscription subscribe(EventOptions options) {
    return server.client().events().subscribe(options);
  }

  private static List<String> ids(EventSubscription events) {
    List<String> ids = new ArrayList<>();
    events.forEachRemaining(event -> ids.add(event.id()));
    return ids;
  }

  @Test
  void anEventSaysWhatHappened() {
    Event event =
        Event.newBuilder()
            .setEventId("e")
            .setEventType("tree.move")
            .setAssetId(ID.hex())
            .setTimestamp(1_000)
            .setVersion(7)
            .setKind(AssetKind.BLOB)
            .setSize(0)
            .setPath("b")
            .setFromPath("a")
            .setBranch("main")
            .putMetadata("k", "v")
            .build();
    fake.then(
        Optional.of(Status.OK), SubscribeEventsResponse.newBuilder().addEvents(event).build());

    try (EventSubscription events = subscribe(EventOptions.LIVE)) {
      assertThat(events.next())
          .isEqualTo(
              new StoreEvent(
                  "e",
                  "tree.move",
                  Instant.ofEpochSecond(1),
                  7,
                  Optional.of(ID),
                  Optional.of(io.aifs.core.model.AssetKind.BLOB),
                  OptionalLong.of(0),
                  Optional.of(new TreePath("b")),
                  Optional.of(new TreePath("a")),
                  false,
                  Optional.of("main"),
                  Map.of("k", "v")));
      assertThat(events.hasNext()).isFalse();
      assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void optionsTravel() {
    fake.then(Optional.of(Status.OK));
    EventOptions options =
        new EventOptions(
            new Start.Oldest(),
            false,
            List.of("asset.*"),
            List.of(new TreePath("d")),
            List.of(io.aifs.core.model.AssetKind.TENSOR),
            List.of(new Name("dev")));

    assertThat(ids(subscribe(options))).isEmpty();

    assertThat(requests())
        .containsExactly(
            SubscribeEventsRequest.newBuilder()
                .setNamespace("papers")
                .setFromStart(true)
                .setEndAtNewest(true)
                .addTypes("asset.*")
                .addPaths("d")
                .addKinds(AssetKind.TENSOR)
                .addBranches("dev")
                .build());
  }

  @Test
  void afterACutItGoesOnAfterTheLastEventHoweverOftenThatTakes() {
    fake.then(Optional.of(Status.UNAVAILABLE), response("p0"), response("e2", "e1", "e2"));
    for (int i = 0; i < 20; i++) {
      fake.then(Optional.of(Status.UNAVAILABLE));
    }
    fake.then(Optional.of(Status.UNAVAILABLE), response("e2"), response("e5"));
    fake.then(Optional.of(Status.OK), response("e5"), response("e6", "e6"));

    try (EventSubscription events = subscribe(EventOptions.LIVE)) {
      assertThat(ids(events)).containsExactly("e1", "e2", "e6");
      assertThat(events.resumeAfter()).isEqualTo("e6");
    }
    assertThat(requests().getFirst().getAfterEventId()).isEmpty();
    assertThat(requests().subList(1, 22))
        .extracting(SubscribeEventsRequest::getAfterEventId)
        .containsOnly("e2");
    assertThat(requests().getLast().getAfterEventId()).isEqualTo("e5");
  }

  @Test
  void resumeAfterIsWhatWasTakenAndNotWhatCame() {
    fake.then(Optional.empty(), response("p0"), response("e2", "e1", "e2"));
    try (EventSubscription events = subscribe(EventOptions.LIVE)) {
      assertThat(events.resumeAfter()).isEmpty();
      assertThat(events.next().id()).isEqualTo("e1");
      assertThat(events.resumeAfter()).isEqualTo("e1");
      assertThat(events.next().id()).isEqualTo("e2");
      assertThat(events.resumeAfter()).isEqualTo("e2");
    }
  }

  @Test
  void aServerThatWasNeverThereIsTriedAsOftenAsOtherCalls() {
    for (int i = 0; i < 50; i++) {
      fake.then(Optional.of(Status.UNAVAILABLE));
    }
    try (EventSubscription events = subscribe(EventOptions.LIVE)) {
      assertThatThrownBy(events::hasNext).isInstanceOf(AifsException.Unavailable.class);
    }
    assertThat(requests().size()).isBetween(2, 10);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    fake.then(Optional.of(Status.INVALID_ARGUMENT));
    try (EventSubscription events = subscribe(EventOptions.LIVE)) {
      assertThatThrownBy(events::hasNext).isInstanceOf(AifsException.InvalidRequest.class);
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void closingEndsTheWait() throws Exception {
    fake.then(Optional.empty(), response("p0"));
    EventSubscription events = subscribe(EventOptions.LIVE);
    List<Boolean> more = new ArrayList<>();
    Thread taker = Thread.ofVirtual().start(() -> more.add(events.hasNext()));
    fake.waiting.await();

    events.close();

    taker.join();
    assertThat(more).containsExactly(false);
  }
}
