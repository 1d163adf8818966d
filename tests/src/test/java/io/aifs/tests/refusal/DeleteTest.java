package io.aifs.tests.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes of assets that are missing, or that something still needs. */
class DeleteTest {
  private static final Digest MISSING = Digest.parse("0".repeat(64));

  private StoreUnderTest store;
  private AifsClient client;

  @BeforeEach
  void open(@TempDir Path temporary) {
    store = StoreUnderTest.create(temporary.resolve("store"));
    client = store.open();
  }

  @AfterEach
  void theStoreIsClean() {
    StoreUnderTest.requireClean(client);
    client.close();
    store.requireClean();
  }

  @Test
  void aMissingAssetIsNotFound() {
    assertThatThrownBy(() -> client.assets().delete(MISSING, false, ""))
        .isInstanceOfSatisfying(
            AifsException.NotFound.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ASSET_NOT_FOUND));
    CliProcess.run(store.homes(), "rm", "--asset", "-y", MISSING.hex()).requireExit(5);
  }

  @Test
  void aDeletedAssetIsGoneAndSaysSo() {
    Digest id = put("content", PutOptions.blob());
    client.assets().delete(id, false, "no longer needed");
    assertThatThrownBy(() -> client.assets().read(new ReadTarget.ById(id), 0, Optional.empty()))
        .isInstanceOfSatisfying(
            AifsException.NotFound.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ASSET_DELETED));
    assertThat(client.assets().list(10, Optional.empty()).assets()).isEmpty();
    assertThat(put("content", PutOptions.blob())).as("put again, it is back").isEqualTo(id);
    assertThat(client.assets().stat(id).info().id()).isEqualTo(id);
  }

  @Test
  void anAssetWithAChildIsRefusedUnlessForced() {
    Digest parent = put("parent", PutOptions.blob());
    Digest child =
        put(
            "child",
            new PutOptions(
                AssetKind.BLOB,
                Map.of(),
                List.of(new ParentEdge(parent, "upper", "")),
                new float[0],
                Optional.empty()));
    requireReferenced(parent, child.hex());
    client.assets().delete(parent, true, "forced");
    assertThat(client.assets().stat(child).parents())
        .extracting(ParentEdge::parent)
        .contains(parent);
  }

  @Test
  void anAssetAtAPathIsRefusedUnlessForced() {
    Digest id =
        put(
            "at a path",
            PutOptions.blob()
                .at(Name.MAIN_BRANCH, new TreePath("some/path"), FileAttributes.PLAIN_FILE));
    requireReferenced(id, "some/path");
    CliProcess.run(store.homes(), "rm", "--asset", "-y", id.hex()).requireExit(6);
    CliProcess.run(store.homes(), "rm", "--asset", "--force", "-y", id.hex()).requireExit(0);
  }

  private void requireReferenced(Digest id, String by) {
    assertThatThrownBy(() -> client.assets().delete(id, false, ""))
        .isInstanceOfSatisfying(
            AifsException.Precondition.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.ASSET_REFERENCED);
              assertThat(e.getMessage()).contains(by);
            });
  }

  private Digest put(String content, PutOptions options) {
    return client.assets().put(options, Content.of(content.getBytes(StandardCharsets.UTF_8))).id();
  }
}
