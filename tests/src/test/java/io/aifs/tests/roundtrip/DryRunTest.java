package io.aifs.tests.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aifs put --dry-run} with a server: what it tells comes true, and nothing is stored. */
@SuppressWarnings("NullAway.Init") // the test makes its own
class DryRunTest {
  private static final int LARGE_BYTES = 20 << 20;

  /** What the new list of chunks takes. */
  private static final int LIST_BYTES_MAX = 50_000;

  @TempDir Path temporary;
  private StoreUnderTest store;

  @Test
  void aDryRunTellsWhatAPutMovesAndStoresNothing() throws IOException {
    store = StoreUnderTest.create(temporary.resolve("store"));
    Path source = Files.createDirectory(temporary.resolve("source"));
    Path large = source.resolve("large");
    Files.copy(new RandomStream(SeededTest.seed(), LARGE_BYTES), large);
    Files.writeString(source.resolve("small"), "small");
    try (ServerProcess server = ServerProcess.start(store, 256)) {
      Map<Path, Long> before = packs();
      String first = put(server, source, "--dry-run");
      assertThat(first)
          .contains("\"bytes_to_move\" : " + (LARGE_BYTES + 5))
          .contains("\"dedup_share\" : 0.0")
          .contains("\"estimated_millis\" : null")
          .contains("\"new_files\" : 2");
      assertThat(packs()).isEqualTo(before);
      put(server, source);

      try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
        file.seek(LARGE_BYTES / 2);
        file.write(new byte[1_000]);
      }
      Map<Path, Long> packs = packs();
      String changed = put(server, source, "--dry-run", "--no-cache");
      assertThat(number(changed, "bytes_to_move")).isBetween(1_000.0, 1_000_000.0);
      assertThat(number(changed, "dedup_share")).isBetween(0.95, 1.0);
      assertThat(number(changed, "estimated_millis")).isPositive();
      assertThat(packs()).isEqualTo(packs);

      assertThat(number(put(server, source), "stored_bytes"))
          .isBetween(1_000.0, number(changed, "bytes_to_move") + LIST_BYTES_MAX);
    }
    store.requireClean();
  }

  /** The packs and their lengths. */
  private Map<Path, Long> packs() throws IOException {
    Map<Path, Long> lengths = new TreeMap<>();
    for (Path pack : store.packs()) {
      lengths.put(pack, Files.size(pack));
    }
    return lengths;
  }

  private String put(ServerProcess server, Path source, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server",
                server.address(),
                "--token-file",
                store.adminTokenFile().toString(),
                "put",
                source.toString(),
                "main:t",
                "-o",
                "json"));
    arguments.addAll(List.of(options));
    return CliProcess.run(store.homes(), arguments.toArray(String[]::new)).requireExit(0).text();
  }

  private static double number(String json, String field) {
    return Double.parseDouble(json.replaceAll("(?s).*\"" + field + "\" : ([0-9.E-]+).*", "$1"));
  }
}
