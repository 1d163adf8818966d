package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.Event;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.SubscribeEventsRequest;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What subscribers with restricted tokens are told. */
class ScopedEventsTest extends HistoryEdge {
  private Channel plain;
  private TreeGrpc.TreeBlockingStub tree;

  @BeforeEach
  void connect() throws IOException {
    plain = fixture.inProcess();
    tree = TreeGrpc.newBlockingStub(channel);
  }

  private void move(String from, String to) {
    var _ = tree.movePath(MovePathRequest.newBuilder().setFromPath(from).setToPath(to).build());
  }

  private void remove(String path) {
    var _ =
        tree.removePaths(RemovePathsRequest.newBuilder().addPaths(path).setRecursive(true).build());
  }

  private List<Event> seen(String filter, String... caveats) {
    List<Event> events = new ArrayList<>();
    AIFSGrpc.newBlockingStub(EdgeFixture.withToken(plain, TestTokens.with(caveats)))
        .subscribeEvents(
            SubscribeEventsRequest.newBuilder()
                .setFilter(filter)
                .setIncludeLineage(true)
                .setFromStart(true)
                .setEndAtNewest(true)
                .build())
        .forEachRemaining(response -> events.addAll(response.getEventsList()));
    return events;
  }

  private List<String> told(String filter, String... caveats) {
    return seen(filter, caveats).stream()
        .map(
            event ->
                (event.getEventType() + " " + event.getPath() + " " + event.getFromPath()).strip())
        .toList();
  }

  @Test
  void onlyWhatHappenedInsideIsToldAsIfThereWereNothingElse() {
    put("main", "data/train/a", "a");
    put("main", "secret/x", "x");
    put("main", "data/test/c", "c");
    move("data/train/a", "data/train/b");
    move("data/train/b", "secret/b");
    move("secret/x", "data/train/x");
    take("main");
    move("data", "old");
    move("old", "data");
    remove("data/train/x");
    remove("data");

    assertThat(told("", "path = data/train"))
        .containsExactly(
            "asset.put data/train/a",
            "tree.move data/train/b data/train/a",
            "tree.remove data/train/b",
            "tree.move data/train/x",
            "tree.remove data/train",
            "tree.move data/train",
            "tree.remove data/train/x",
            "tree.remove data/train");
    assertThat(seen("", "path = data/train").toString())
        .doesNotContain("secret")
        .doesNotContain("old")
        .doesNotContain("entries");
    // A filter is asked of what is shown: it does not tell where things came from.
    assertThat(told("path=secret", "path = data/train")).isEmpty();
    assertThat(told("type=tree.remove", "path = data/train")).hasSize(4);
  }

  @Test
  void branchesKindsAndAssetsAreKeptTo() {
    put("main", "a", "a");
    var _ = Upload.putAsTensor(channel, "t", "t");
    take("main");
    start("side", "main");
    put("side", "b", "b");

    assertThat(told("", "ref = side")).containsExactly("asset.put b");
    assertThat(told("", "kind = tensor")).containsExactly("asset.put t");
    assertThat(told("", "asset = " + idOf("a"))).containsExactly("asset.put a");
  }
}
