package io.aifs.tests.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.CliResult;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.SmallFileSystem;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose file system is filled to the last byte, over and over. */
class FullDiskTest {
  private static final int ROUNDS = 20;
  private static final int MEBIBYTES = 128;
  private static final int BYTES_MAX = 400_000;

  /**
   * What a round may fill: well over twice the reserve, so that it is set aside again although the
   * catalog's log has grown by some of it meanwhile.
   */
  private static final int ROUND_BYTES = 13 << 19;

  @TempDir Path temporary;

  /** Content by seed, of all that was acknowledged and not deleted. */
  private final Map<Digest, Long> there = new LinkedHashMap<>();

  private int paths;

  @Test
  void aFullDiskRefusesPutsReadsOnAndWorksAgainWhenSpaceReturns() {
    SeededTest.run(1, this::run);
  }

  private void run(SplittableRandom random) throws IOException {
    Path root = temporary.resolve("store");
    try (SmallFileSystem files = SmallFileSystem.mount(root.resolve("data"), MEBIBYTES)) {
      StoreUnderTest store = StoreUnderTest.create(root);
      ServerProcess server = ServerProcess.start(store, 256);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          files.leave(ROUND_BYTES);
          try (AifsClient client = connect(server)) {
            fillByPuts(client, random);
            files.fill();
            refuseAndRead(client, random);
          }
          if (round % 5 == 4) {
            files.leave(ROUND_BYTES);
            try (AifsClient client = connect(server)) {
              putBatch(client, random); // brings the reserve back
            }
            server = restartOnFullDisk(store, files, server, random);
          }
          files.leave(ROUND_BYTES);
          try (AifsClient client = connect(server)) {
            put(client, random.nextLong());
            putBatch(client, random);
          }
        }
        try (AifsClient client = connect(server)) {
          requireWhole(client);
        }
      } finally {
        server.close();
      }
      try (AifsClient client = store.open()) {
        requireWhole(client);
      }
    }
  }

  private static AifsClient connect(ServerProcess server) {
    return AifsClients.connect(server.clientOptions().withRetries(Retries.NONE));
  }

  private static byte[] content(long seed) {
    return new RandomStream(seed, 1 + Math.floorMod(seed, BYTES_MAX)).toBytes();
  }

  private void put(AifsClient client, long seed) {
    byte[] bytes = content(seed);
    there.put(client.assets().put(PutOptions.blob(), Content.of(bytes)).id(), seed);
  }

  private void putBatch(AifsClient client, SplittableRandom random) {
    Map<Digest, Long> batch = new LinkedHashMap<>();
    List<FilePut> files = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long seed = random.nextLong() / BYTES_MAX * BYTES_MAX + random.nextInt(2_000);
      byte[] bytes = content(seed);
      batch.put(Digest.of(bytes), seed);
      files.add(
          new FilePut(
              new TreePath("batch/" + paths++),
              new FilePut.What.Data(bytes),
              FileAttributes.PLAIN_FILE));
    }
    client.tree().putFiles(Name.MAIN_BRANCH, files);
    there.putAll(batch);
  }

  private void fillByPuts(AifsClient client, SplittableRandom random) {
    refused(
        () -> {
          while (true) {
            put(client, random.nextLong());
            putBatch(client, random);
          }
        });
  }

  private static void refused(ThrowingCallable call) {
    AifsException refusal = catchThrowableOfType(AifsException.class, call);
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.reason()).as(refusal.toString()).isEqualTo(Reason.DISK_FULL);
    assertThat(ExitCode.of(refusal)).isEqualTo(ExitCode.EXHAUSTED);
    assertThat(refusal.hint()).contains("space");
  }

  /** Not a byte is left. */
  private void refuseAndRead(AifsClient client, SplittableRandom random) {
    refused(() -> put(client, random.nextLong()));
    refused(() -> putBatch(client, random));
    readAndDelete(client, random);
    refused(() -> put(client, random.nextLong()));
    readSome(client, random);
  }

  private void readAndDelete(AifsClient client, SplittableRandom random) {
    readSome(client, random);
    client.maintenance().status();
    client.assets().list(10, Optional.empty());
    Digest first = there.keySet().iterator().next();
    client.assets().delete(first, true, "to make room");
    there.remove(first);
  }

  private void readSome(AifsClient client, SplittableRandom random) {
    List<Digest> ids = new ArrayList<>(there.keySet());
    for (int i = 0; i < 5; i++) {
      requireReadable(client, ids.get(random.nextInt(ids.size())));
    }
  }

  private void requireReadable(AifsClient client, Digest id) {
    try (InputStream in = client.assets().read(new ReadTarget.ById(id), 0, Optional.empty())) {
      assertThat(in.readAllBytes())
          .as("an asset that was acknowledged")
          .isEqualTo(content(requireNonNull(there.get(id))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void requireWhole(AifsClient client) {
    there.keySet().forEach(id -> requireReadable(client, id));
    assertThat(client.maintenance().status().assets()).isEqualTo(there.size());
    StoreUnderTest.requireClean(client);
  }

  /** Commands, the end of the server, and a new one, all without a byte of space. */
  private ServerProcess restartOnFullDisk(
      StoreUnderTest store, SmallFileSystem files, ServerProcess server, SplittableRandom random)
      throws IOException {
    files.fill();
    Path source = Files.writeString(temporary.resolve("source"), "not to be stored");
    CliResult put =
        CliProcess.run(store.homes(), "put", source.toString(), "aifs://default/main/new");
    assertThat(put.exit())
        .as("exit code; put said:%n%s%nthe server said:%n%s", put.errors(), server.log())
        .isEqualTo(ExitCode.EXHAUSTED.code());
    assertThat(put.errors()).contains("space");
    server.terminate();
    assertThat(server.awaitExit()).as("exit code; it said:%n%s", server.log()).isZero();
    files.fill(); // again: the end of the server folded the catalog's log
    Digest id = there.keySet().iterator().next();
    Path copy = temporary.resolve("copy");
    Files.deleteIfExists(copy);
    CliProcess.run(store.homes(), "get", "aifs://" + id.hex(), copy.toString()).requireExit(0);
    assertThat(copy).hasBinaryContent(content(requireNonNull(there.get(id))));
    ServerProcess next = ServerProcess.start(store, 256);
    try (AifsClient client = connect(next)) {
      readAndDelete(client, random);
    }
    return next;
  }
}
