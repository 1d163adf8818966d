package io.aifs.tests.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.ExternalTool;
import io.aifs.tests.harness.Homes;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files far larger than the heap of either side. */
class BigFileTest {
  private static final long GIBI = 1L << 30;
  private static final String PLACE = "aifs://default/main/big";

  @TempDir Path temporary;

  @Test
  void oneGibibyteGoesInAndOutOf256Mebibytes() throws IOException {
    roundTrip(GIBI, 256);
  }

  @Test
  @Tag("full")
  void fiveGibibytesGoInAndOutOf512Mebibytes() throws IOException {
    roundTrip(5 * GIBI, 512);
  }

  private void roundTrip(long bytes, int heapMebibytes) throws IOException {
    Path source = temporary.resolve("source");
    try (InputStream in = new RandomStream(bytes, bytes);
        OutputStream out = Files.newOutputStream(source)) {
      in.transferTo(out);
    }
    String sum = ExternalTool.b3sum(source);
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    Path copy = temporary.resolve("copy");
    try (ServerProcess server = ServerProcess.start(store, heapMebibytes)) {
      remote(store, server, heapMebibytes, "put", source.toString(), PLACE);
      Files.delete(source);
      requireId(server, sum);
      remote(store, server, heapMebibytes, "get", PLACE, copy.toString());
      assertThat(Files.size(copy)).isEqualTo(bytes);
      assertThat(ExternalTool.b3sum(copy)).isEqualTo(sum);
      assertThat(server.isAlive()).isTrue();
    }
    Files.delete(copy);
    store.requireClean();
  }

  private static void requireId(ServerProcess server, String sum) {
    TreePath path = new TreePath("big");
    try (AifsClient client = server.connect()) {
      TreeEntry entry =
          client.tree().stat(Ref.MAIN, List.of(path)).values().iterator().next().entry();
      assertThat(entry)
          .isInstanceOfSatisfying(
              TreeEntry.File.class, file -> assertThat(file.asset().hex()).isEqualTo(sum));
    }
  }

  private static void remote(
      StoreUnderTest store, ServerProcess server, int heapMebibytes, String... arguments) {
    Homes homes = store.homes();
    CliProcess.of(homes, arguments)
        .withoutEnvironment("AIFS_DATA")
        .environment("AIFS_SERVER", server.address())
        .environment("AIFS_TOKEN_FILE", store.adminTokenFile().toString())
        .heapMebibytes(heapMebibytes)
        .run()
        .requireExit(0);
  }
}
