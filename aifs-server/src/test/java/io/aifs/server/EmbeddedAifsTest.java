package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.client.Maintenance.CheckSummary;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store inside the process, from an empty directory to a clean fsck. */
class EmbeddedAifsTest {
  @TempDir Path home;

  private StoreOptions options;

  @BeforeEach
  void createStore() {
    options =
        new StoreOptions(
            home.resolve("data"),
            Name.DEFAULT_NAMESPACE,
            home.resolve("config"),
            home.resolve("state"),
            new RootKeySettings.KeyFile(Optional.empty()),
            Optional.empty());
    assertThat(StoreCreation.init(options, false).created()).isTrue();
  }

  @Test
  void initialisingAgainChangesNothing() {
    InitReport again = StoreCreation.init(options, false);
    assertThat(again.created()).isFalse();
    assertThat(again.rootKeyFile()).exists();
    assertThat(again.adminTokenFile()).exists();
  }

  @Test
  void contentSurvivesReopeningAndIsStoredOnce() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    try (AifsClient client = EmbeddedAifs.open(options)) {
      PutOutcome first = client.assets().put(PutOptions.blob(), Content.of(content));
      assertThat(first.id()).isEqualTo(Digest.of(content));
      assertThat(first.newChunks()).isEqualTo(first.chunks()).isGreaterThan(5);
      PutOutcome second = client.assets().put(PutOptions.blob(), Content.of(content));
      assertThat(second.storedBytes()).isZero();
    }
    try (AifsClient client = EmbeddedAifs.open(options)) {
      assertThat(read(client, new ReadTarget.ById(Digest.of(content)))).isEqualTo(content);
      assertThat(client.assets().verify(Digest.of(content)).valid()).isTrue();
      requireCleanFsck(client);
    }
  }

  @Test
  void whatACommandDoesByItselfIsInTheAuditLog() throws Exception {
    try (AifsClient client = EmbeddedAifs.open(options)) {
      client.assets().put(PutOptions.blob(), Content.of(new byte[] {1}));
    }
    Path segment = home.resolve("data/audit").resolve("%020d.log".formatted(1));
    assertThat(Files.readAllLines(segment))
        .hasSize(2)
        .last()
        .asString()
        .contains("\"outcome\":\"OK\"", "\"client\":\"process\"", "answer_asset_id");
  }

  @Test
  void pathsAreListedMovedAndRemoved() throws Exception {
    try (AifsClient client = EmbeddedAifs.open(options)) {
      byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
      client
          .tree()
          .putFiles(
              Name.MAIN_BRANCH,
              List.of(
                  new FilePut(
                      new TreePath("a/b.txt"),
                      new FilePut.What.Data(content),
                      FileAttributes.PLAIN_FILE),
                  new FilePut(
                      new TreePath("a/link"),
                      new FilePut.What.Symlink("b.txt"),
                      FileAttributes.PLAIN_FILE)));
      client.tree().move(Name.MAIN_BRANCH, new TreePath("a"), new TreePath("c"));
      assertThat(read(client, new ReadTarget.ByPath(Ref.MAIN, new TreePath("c/b.txt"))))
          .isEqualTo(content);
      assertThat(client.tree().remove(Name.MAIN_BRANCH, List.of(new TreePath("c")), true))
          .isEqualTo(2);
      assertThat(client.assets().stat(Digest.of(content)).info().size()).isEqualTo(5);
      requireCleanFsck(client);
    }
  }

  @Test
  void secondOpenerBecomesClientOfTheFirst() throws Exception {
    byte[] content = {1, 2, 3};
    AifsClient first = EmbeddedAifs.open(options);
    try (AifsClient second = EmbeddedAifs.open(options)) {
      second.assets().put(PutOptions.blob(), Content.of(content));
      assertThat(read(first, new ReadTarget.ById(Digest.of(content)))).isEqualTo(content);
    }
    requireCleanFsck(first);
    first.close();
  }

  @Test
  void directoryWithoutStoreIsNamed() {
    StoreOptions elsewhere =
        new StoreOptions(
            home.resolve("nothing"),
            options.namespace(),
            options.configHome(),
            options.stateHome(),
            options.rootKey(),
            options.token());
    assertThatThrownBy(() -> EmbeddedAifs.open(elsewhere))
        .isInstanceOfSatisfying(
            AifsException.NotFound.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.STORE_NOT_FOUND));
  }

  private static byte[] read(AifsClient client, ReadTarget target) throws Exception {
    try (InputStream stream = client.assets().read(target, 0, Optional.empty())) {
      return stream.readAllBytes();
    }
  }

  private static void requireCleanFsck(AifsClient client) {
    List<CheckEvent> findings = new ArrayList<>();
    CheckSummary summary =
        client
            .maintenance()
            .fsck(
                true,
                event -> {
                  if (event instanceof CheckEvent.Finding) {
                    findings.add(event);
                  }
                });
    assertThat(findings).isEmpty();
    assertThat(summary.damaged()).isZero();
    assertThat(summary.checked()).isPositive();
  }
}
