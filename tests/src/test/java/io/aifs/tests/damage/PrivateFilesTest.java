package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.Homes;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store writes is for its owner only, whatever the umask is. */
class PrivateFilesTest {
  @TempDir Path temporary;

  @Test
  void everyFileIs0600AndEveryDirectory0700UnderAnOpenUmask() throws IOException {
    Path source = temporary.resolve("source");
    Files.write(source, new RandomStream(1, 500_000).toBytes());
    StoreUnderTest store =
        StoreUnderTest.createBy(
            temporary.resolve("store"), homes -> open(homes, "init").run().requireExit(0));
    open(store.homes(), "put", source.toString(), "aifs://default/main/file").run().requireExit(0);
    try (AifsClient client = store.open()) {
      StoreUnderTest.requireClean(client);
      requirePrivate(store); // with the socket, the log of the catalog and the lock
    }
    requirePrivate(store);
  }

  private static CliProcess open(Homes homes, String... arguments) {
    return CliProcess.of(homes, arguments).umask("000");
  }

  private static void requirePrivate(StoreUnderTest store) throws IOException {
    Map<String, String> modes = new TreeMap<>();
    for (Path root :
        List.of(
            store.data(), store.rootKeyFile().getParent(), store.adminTokenFile().getParent())) {
      try (Stream<Path> paths = Files.walk(root)) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          modes.put(path.toString(), mode(path));
        }
      }
    }
    assertThat(modes)
        .allSatisfy(
            (path, mode) ->
                assertThat(mode)
                    .isEqualTo(Files.isDirectory(Path.of(path)) ? "rwx------" : "rw-------"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
