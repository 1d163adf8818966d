package io.aifs.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.CliResult;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second command on a data directory that another process has open. */
class HeldDirectoryTest {
  private static final String PLACE = "aifs://default/main/file";

  @TempDir Path temporary;

  private StoreUnderTest store;
  private Path source;

  @BeforeEach
  void makeStoreAndSource() throws IOException {
    store = StoreUnderTest.create(temporary.resolve("store"));
    source = temporary.resolve("source");
    Files.writeString(source, "what a second command puts");
  }

  @Test
  void commandsWorkThroughAServer() throws IOException {
    try (ServerProcess server = ServerProcess.start(store, 256)) {
      putAndGet();
      try (AifsClient client = server.connect()) {
        assertThat(client.maintenance().status().assets()).isEqualTo(1);
      }
      CliProcess.run(store.homes(), "fsck", "--read-data").requireExit(0);
    }
    store.requireClean();
  }

  @Test
  void commandsWorkThroughAnEmbeddedStore() throws IOException {
    try (AifsClient client = store.open()) {
      putAndGet();
      assertThat(
              client
                  .tree()
                  .list(Ref.ofBranch(Name.MAIN_BRANCH), TreePath.ROOT, true, 10, Optional.empty())
                  .paths())
          .hasSize(1);
    }
    store.requireClean();
  }

  @Test
  void twoEmbeddedClientsOfOneDirectoryShareIt() {
    try (AifsClient first = store.open();
        AifsClient second = store.open()) {
      assertThat(first.maintenance().status().storeId())
          .isEqualTo(second.maintenance().status().storeId());
    }
    store.requireClean();
  }

  @Test
  void aHolderThatDoesNotAnswerIsReportedWithTen() {
    try (ServerProcess server = ServerProcess.start(store, 256)) {
      server.signal("STOP");
      CliResult result = CliProcess.run(store.homes(), "ls", "aifs://default/main/");
      server.signal("CONT");
      result.requireExit(10);
      assertThat(result.errors()).contains(store.data().toString());
    }
    store.requireClean();
  }

  @Test
  void aSecondServerIsRefusedWithTen() {
    try (ServerProcess server = ServerProcess.start(store, 256)) {
      CliProcess.run(store.homes(), "serve", "--listen", "127.0.0.1:0").requireExit(10);
      assertThat(server.isAlive()).isTrue();
    }
    store.requireClean();
  }

  @Test
  void theDirectoryIsFreeAgainAfterAKill() throws IOException {
    try (ServerProcess server = ServerProcess.start(store, 256)) {
      server.kill();
    }
    putAndGet();
    store.requireClean();
  }

  private void putAndGet() throws IOException {
    CliProcess.run(store.homes(), "put", source.toString(), PLACE).requireExit(0);
    Path copy = temporary.resolve("copy");
    CliProcess.run(store.homes(), "get", PLACE, copy.toString()).requireExit(0);
    assertThat(Files.mismatch(source, copy)).isEqualTo(-1);
  }
}
