package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.Event;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.SubscribeEventsRequest;
import io.aifs.proto.v1.SubscribeEventsResponse;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscribeEventsTest {
  private EdgeFixture fixture;
  private Channel channel;
  private AIFSGrpc.AIFSBlockingStub aifs;
  private TreeGrpc.TreeBlockingStub tree;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    aifs = AIFSGrpc.newBlockingStub(channel);
    tree = TreeGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private void put(String... pathsAndContents) {
    PutFilesRequest.Builder request = PutFilesRequest.newBuilder();
    for (int at = 0; at < pathsAndContents.length; at += 2) {
      request.addFiles(
          FilePut.newBuilder()
              .setPath(pathsAndContents[at])
              .setData(ByteString.copyFromUtf8(pathsAndContents[at + 1])));
    }
    var _ = tree.putFiles(request.build());
  }

  private static String idOf(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static SubscribeEventsRequest.Builder all() {
    return SubscribeEventsRequest.newBuilder().setFromStart(true).setEndAtNewest(true);
  }

  private List<Event> events(SubscribeEventsRequest.Builder request) {
    List<Event> events = new ArrayList<>();
    aifs.subscribeEvents(request.build())
        .forEachRemaining(response -> events.addAll(response.getEventsList()));
    return events;
  }

  private static String shown(Event event) {
    return event.getEventType() + " " + event.getPath();
  }

  @Test
  void everyPathThatIsPutMovedOrRemovedIsTold() {
    put("d/a", "one", "d/b", "two", "d/c", "one");
    put("d/d", "two", "d/e", "three");
    var _ = tree.movePath(MovePathRequest.newBuilder().setFromPath("d/a").setToPath("e").build());
    var _ =
        tree.removePaths(RemovePathsRequest.newBuilder().addPaths("d").setRecursive(true).build());

    List<Event> events = events(all());

    assertThat(events)
        .extracting(SubscribeEventsTest::shown)
        .containsExactly(
            "namespace.create ",
            "asset.put d/a",
            "asset.put d/b",
            "tree.put d/c",
            "asset.put d/e",
            "tree.put d/d",
            "tree.move e",
            "tree.remove d");
    Event first = events.get(1);
    assertThat(first.getAssetId()).isEqualTo(idOf("one"));
    assertThat(first.getKind()).isEqualTo(AssetKind.BLOB);
    assertThat(first.getSize()).isEqualTo(3);
    assertThat(first.getBranch()).isEqualTo("main");
    assertThat(first.getNamespace()).isEqualTo("default");
    assertThat(first.getMetadataMap())
        .containsAllEntriesOf(Map.of("kind", "BLOB", "size", "3", "path", "d/a", "branch", "main"));
    assertThat(events.get(3).getAssetId()).isEqualTo(idOf("one"));
    assertThat(events.get(6).getFromPath()).isEqualTo("d/a");
    assertThat(events.get(7).getDirectory()).isTrue();
    assertThat(events).extracting(Event::getEventId).isSorted().doesNotHaveDuplicates();
    assertThat(events(all().addPaths("d/a")))
        .extracting(SubscribeEventsTest::shown)
        .containsExactly("asset.put d/a", "tree.move e", "tree.remove d");
  }

  @Test
  void oldValuesOfMetadataStayInTheEvent() throws Exception {
    putAsset("x", Map.of("k", "old"));
    putAsset("x", Map.of("k", "new"));

    List<Event> events = events(all().setFilter("type=asset.update"));

    assertThat(events).hasSize(1);
    assertThat(events.getFirst().getMetadataMap()).containsEntry("old.k", "old");
    assertThat(events.getFirst().getAssetId()).isEqualTo(idOf("x"));
  }

  private void putAsset(String content, Map<String, String> metadata) throws Exception {
    CompletableFuture<String> id = new CompletableFuture<>();
    StreamObserver<PutAssetRequest> upload =
        AIFSGrpc.newStub(channel)
            .putAsset(
                new StreamObserver<>() {
                  @Override
                  public void onNext(PutAssetResponse response) {
                    id.complete(response.getAssetId());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    id.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    upload.onNext(
        PutAssetRequest.newBuilder()
            .putAllMetadata(metadata)
            .addChunks(Chunk.newBuilder().setData(ByteString.copyFromUtf8(content)))
            .build());
    upload.onCompleted();
    assertThat(id.get()).isEqualTo(idOf(content));
  }

  @Test
  void aForcedDeleteTellsOfThePathsThatGo() {
    put("a", "one", "b", "one");
    var _ =
        aifs.deleteAsset(
            DeleteAssetRequest.newBuilder().setAssetId(idOf("one")).setForce(true).build());

    assertThat(events(all().setFilter("tree.remove,asset.delete")))
        .extracting(SubscribeEventsTest::shown)
        .containsExactly("tree.remove a", "tree.remove b", "asset.delete ");
    assertThat(events(all().setFilter("type=asset.delete kind=BLOB"))).hasSize(1);
    assertThat(events(all().setFilter("type=asset.delete kind=TENSOR"))).isEmpty();
  }

  @Test
  void theOldCallIsALiveStreamThatIsResumedInTheMiddleOfABatch() {
    put("before", "0");
    try (Context.CancellableContext call = Context.current().withCancellation()) {
      Iterator<SubscribeEventsResponse> live = call.wrap(() -> oldCall()).call();
      String beginning = live.next().getResumeAfter();
      put("a", "1", "b", "2", "c", "3");

      Event first = live.next().getEvents(0);

      assertThat(shown(first)).isEqualTo("asset.put a");
      assertThat(events(after(first.getEventId())))
          .extracting(SubscribeEventsTest::shown)
          .containsExactly("asset.put b", "asset.put c");
      assertThat(events(after(beginning))).hasSize(3);
      call.cancel(null);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What a client sends that knows none of the later fields. */
  private Iterator<SubscribeEventsResponse> oldCall() {
    return aifs.subscribeEvents(
        SubscribeEventsRequest.newBuilder()
            .setFilter("asset")
            .setIncludeLineage(true)
            .setIncludeDrift(true)
            .build());
  }

  private static SubscribeEventsRequest.Builder after(String id) {
    return SubscribeEventsRequest.newBuilder().setAfterEventId(id).setEndAtNewest(true);
  }

  @Test
  void wrongInputsAreNamed() {
    WireFailure.of(() -> events(after("x"))).is(Code.INVALID_ARGUMENT, Reason.EVENT_ID_INVALID);
    WireFailure.of(() -> events(after("x").setFromStart(true)))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
    WireFailure.of(() -> events(all().setFilter("colour=red")))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
    WireFailure.of(() -> events(all().addKindsValue(77)))
        .is(Code.INVALID_ARGUMENT, Reason.KIND_UNKNOWN);
    WireFailure.of(() -> events(all().addPaths("/a")))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
    WireFailure.of(() -> events(all().addBranches("Ü")))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
    WireFailure.of(() -> events(all().setNamespace("none")))
        .is(Code.NOT_FOUND, Reason.NAMESPACE_NOT_FOUND);
  }

  @Test
  void eventsOfAnotherNamespaceAreNeverSeenAndTheirIdsMeanNothing() {
    var _ = fixture.engine().namespaces().create(new Name("other"), "", Map.of(), Optional.empty());
    put("a", "1");

    List<Event> others = events(all().setNamespace("other"));

    assertThat(others).extracting(Event::getEventType).containsExactly("namespace.create");
    WireFailure.of(() -> events(after(others.getFirst().getEventId())))
        .is(Code.INVALID_ARGUMENT, Reason.EVENT_ID_INVALID);
  }

  /** Takes nothing until it is told to. */
  private static final class Reluctant
      implements ClientResponseObserver<SubscribeEventsRequest, SubscribeEventsResponse> {
    private final AtomicInteger events = new AtomicInteger();
    private final int expected;
    private final CompletableFuture<Boolean> all = new CompletableFuture<>();
    private final CompletableFuture<ClientCallStreamObserver<SubscribeEventsRequest>> call =
        new CompletableFuture<>();

    Reluctant(int expected) {
      this.expected = expected;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SubscribeEventsRequest> stream) {
      call.complete(stream);
      stream.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(SubscribeEventsResponse response) {
      if (events.addAndGet(response.getEventsCount()) >= expected) {
        all.complete(true);
      }
      call.join().request(1);
    }

    @Override
    public void onError(Throwable failure) {
      all.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      all.complete(false);
    }
  }

  @Test
  void oneWhoTakesNothingHoldsUpNeitherWritersNorOthers() throws Exception {
    int batches = 60;
    Reluctant slow = new Reluctant(1 + batches * 200);
    SubscribeEventsRequest request = SubscribeEventsRequest.newBuilder().setFromStart(true).build();
    AIFSGrpc.newStub(channel).subscribeEvents(request, slow);
    for (int i = 0; i < batches; i++) {
      String[] files = new String[400];
      for (int f = 0; f < 200; f++) {
        files[2 * f] = "some/long/directory/name/" + i + "/" + f;
        files[2 * f + 1] = "content " + i + " " + f;
      }
      put(files);
    }
    assertThat(events(all().setFilter("asset.put"))).hasSize(batches * 200);
    assertThat(slow.events).hasValue(0);

    slow.call.join().request(1);

    assertThat(slow.all.get()).isTrue();
    assertThat(slow.events).hasValue(1 + batches * 200);
  }

  @Test
  void aServerThatShutsDownEndsTheStreamSoThatItIsResumed() {
    Iterator<SubscribeEventsResponse> live =
        aifs.subscribeEvents(SubscribeEventsRequest.getDefaultInstance());
    assertThat(live.next().getResumeAfter()).isNotEmpty();
    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return fixture.edge().shutdown(30_000);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    WireFailure.of(live::hasNext).is(Code.UNAVAILABLE, Reason.SHUTTING_DOWN);
    assertThat(drained.join()).isTrue();
  }
}
