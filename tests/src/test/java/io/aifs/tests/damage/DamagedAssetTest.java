package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Assets.AssetVerdict;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.CliResult;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the command and a served store speak of an asset that lost a bit. */
class DamagedAssetTest {
  private static final String PLACE = "aifs://default/main/file";
  private static final TreePath PATH = new TreePath("file");

  @TempDir Path temporary;

  private StoreUnderTest store;
  private Digest id;

  @BeforeEach
  void damageAnAsset() throws IOException {
    store = StoreUnderTest.create(temporary.resolve("store"));
    Path source = temporary.resolve("source");
    Files.write(source, new RandomStream(7, 3_000_000).readAllBytes());
    CliProcess.run(store.homes(), "put", source.toString(), PLACE).requireExit(0);
    try (AifsClient client = store.open()) {
      TreeEntry entry =
          client.tree().stat(Ref.MAIN, List.of(PATH)).values().iterator().next().entry();
      id = ((TreeEntry.File) entry).asset();
    }
    Path pack = store.packs().getFirst();
    byte[] bytes = Files.readAllBytes(pack);
    bytes[bytes.length / 2] ^= 4;
    Files.write(pack, bytes);
  }

  @Test
  void getEndsWithSevenAndLeavesNoFile() {
    Path copy = temporary.resolve("copy");
    CliResult result = CliProcess.run(store.homes(), "get", PLACE, copy.toString());
    result.requireExit(7);
    assertThat(result.errors()).contains("damaged");
    assertThat(copy).doesNotExist();
    assertThat(temporary.toFile().list()).containsExactlyInAnyOrder("store", "source");
  }

  @Test
  void catNeverPrintsWrongBytes() throws IOException {
    CliResult result = CliProcess.run(store.homes(), "cat", PLACE).requireExit(7);
    byte[] right = Files.readAllBytes(temporary.resolve("source"));
    assertThat(result.output().length).isLessThan(right.length);
    assertThat(right).startsWith(result.output());
  }

  @Test
  void verifyNamesTheAssetAndEndsWithSeven() {
    CliResult result = CliProcess.run(store.homes(), "verify", "--all").requireExit(7);
    assertThat(result.text() + result.errors()).contains(id.hex()).contains("file");
  }

  @Test
  void fsckNamesThePackAndTheAssetAndEndsWithSeven() {
    CliResult result = CliProcess.run(store.homes(), "fsck").requireExit(7);
    String pack = store.packs().getFirst().getFileName().toString().replace(".pack", "");
    assertThat(result.text() + result.errors()).contains(pack).contains(id.hex());
  }

  @Test
  void aServerAnswersDataLossAndGoesOn() {
    try (ServerProcess server = ServerProcess.start(store, 256);
        AifsClient client = server.connect()) {
      AssetVerdict verdict = client.assets().verify(id);
      assertThat(verdict.valid()).isFalse();
      assertThat(verdict.message()).isNotEmpty();
      CliResult result =
          CliProcess.of(
                  store.homes(),
                  "get",
                  PLACE,
                  temporary.resolve("copy").toString(),
                  "--server",
                  server.address(),
                  "--token-file",
                  store.adminTokenFile().toString())
              .run();
      result.requireExit(7);
      assertThat(client.maintenance().health().healthy()).isTrue();
    }
  }
}
