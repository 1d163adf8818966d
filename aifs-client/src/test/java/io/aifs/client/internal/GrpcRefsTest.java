package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.Refs;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.proto.v1.DeleteTagRequest;
import io.aifs.proto.v1.EndBranchRequest;
import io.aifs.proto.v1.MakeTagRequest;
import io.aifs.proto.v1.MoveBranchRequest;
import io.aifs.proto.v1.ProtectBranchRequest;
import io.aifs.proto.v1.StartBranchRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcRefsTest {
  private static final Name BRANCH = new Name("trial");
  private static final SnapshotId SNAPSHOT = new SnapshotId(FakeHistory.id(7));
  private static final Ref REF = new Ref.Snapshot(SNAPSHOT);
  private static final Instant EIGHT = Instant.parse("2026-11-26T08:00:00Z");

  private final FakeHistory fake = new FakeHistory();
  private TestServer server;
  private Refs refs;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(fake.services());
    refs = server.client().refs();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void branchesAreMadeMovedProtectedAndEnded() {
    fake.failures.add(FakeFailures.unavailable());
    assertThat(refs.startBranch(BRANCH, REF, Map.of("k", "v"), "because"))
        .isEqualTo(
            new Refs.Branch(
                BRANCH, SNAPSHOT, EIGHT, EIGHT.plusSeconds(3600), Map.of(), true, true));
    assertThat(fake.requests.get(0)).isEqualTo(fake.requests.get(1));
    StartBranchRequest start = (StartBranchRequest) fake.requests.get(1);
    assertThat(start.getAt()).isEqualTo("snap:" + SNAPSHOT);
    assertThat(start.getReason()).isEqualTo("because");
    assertThat(start.getRequestId()).hasSize(32);

    refs.moveBranch(BRANCH, REF, SNAPSHOT, true, "on");
    MoveBranchRequest move = (MoveBranchRequest) fake.requests.get(2);
    assertThat(move.getExpectedSnapshotId()).isEqualTo(SNAPSHOT.hex());
    assertThat(move.getForce()).isTrue();
    assertThat(move.getRequestId()).hasSize(32);

    assertThat(refs.endBranch(BRANCH, true, "over")).isEqualTo(SNAPSHOT);
    assertThat(((EndBranchRequest) fake.requests.get(3)).getForce()).isTrue();
    assertThat(refs.protectBranch(BRANCH, true).isProtected()).isTrue();
    assertThat(((ProtectBranchRequest) fake.requests.get(4)).getProtected()).isTrue();
    assertThat(refs.branch(BRANCH).snapshot()).isEqualTo(SNAPSHOT);
  }

  @Test
  void listsGoThroughAllPages() {
    assertThat(refs.branches().map(branch -> branch.name().value())).containsExactly("a", "b");
    assertThat(refs.moves(BRANCH).toList())
        .isEqualTo(
            List.of(
                new Refs.Move(
                    5,
                    Optional.empty(),
                    Optional.of(SNAPSHOT),
                    EIGHT,
                    "token",
                    "because",
                    Map.of())));
    assertThat(refs.tags().toList())
        .isEqualTo(List.of(new Refs.Tag(new Name("v1"), SNAPSHOT, EIGHT, Map.of(), "token")));
  }

  @Test
  void tagsAreMadeAndDeleted() {
    assertThat(refs.makeTag(new Name("v2"), REF, Map.of("k", "v")).name()).hasToString("v2");
    MakeTagRequest make = (MakeTagRequest) fake.requests.get(0);
    assertThat(make.getAt()).isEqualTo("snap:" + SNAPSHOT);
    assertThat(make.getMetadataMap()).containsEntry("k", "v");
    refs.deleteTag(new Name("v2"));
    assertThat(((DeleteTagRequest) fake.requests.get(1)).getTagName()).isEqualTo("v2");
  }
}
