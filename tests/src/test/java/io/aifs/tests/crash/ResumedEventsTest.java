package io.aifs.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.EventOptions;
import io.aifs.client.EventOptions.Start;
import io.aifs.client.EventSubscription;
import io.aifs.client.FilePut;
import io.aifs.client.StoreEvent;
import io.aifs.core.AifsException;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.TestSizes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a server whose events somebody follows while others put. */
class ResumedEventsTest {
  private static final int KILLS = TestSizes.pick(5, 60);
  private static final int WRITERS = 4;
  private static final int BATCH_FILES = 40;
  private static final int HEARD_MAX = 4_000;

  @TempDir Path temporary;

  @Test
  void aSubscriberThatIsResumedAfterKillsHearsEachEventOnceAndInOrder() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          List<String> heard = new ArrayList<>();
          Start from = new Start.Oldest();
          for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(store, 256)) {
              from = followUntilKilled(server, random.split(), kill, from, heard);
            }
          }
          try (AifsClient client = store.open()) {
            all(client, from).forEach(event -> heard.add(event.id()));
            assertThat(heard)
                .isEqualTo(all(client, new Start.Oldest()).stream().map(StoreEvent::id).toList())
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(KILLS);
            StoreUnderTest.requireClean(client);
          }
        });
  }

  private static List<StoreEvent> all(AifsClient client, Start from) {
    List<StoreEvent> events = new ArrayList<>();
    EventOptions options =
        new EventOptions(from, false, List.of(), List.of(), List.of(), List.of());
    try (EventSubscription all = client.events().subscribe(options)) {
      all.forEachRemaining(events::add);
    }
    return events;
  }

  /** Returns where the next subscription goes on. */
  private static Start followUntilKilled(
      ServerProcess server, SplittableRandom random, int round, Start from, List<String> heard) {
    int enough = 1 + random.nextInt(HEARD_MAX);
    List<Thread> writers = new ArrayList<>();
    String reached = "";
    try (AifsClient client = server.connect();
        EventSubscription events = client.events().subscribe(EventOptions.LIVE.from(from))) {
      for (int writer = 0; writer < WRITERS; writer++) {
        int own = round * WRITERS + writer;
        writers.add(Thread.ofVirtual().start(() -> putUntilKilled(server, own)));
      }
      for (int count = 0; count < enough; count++) {
        heard.add(events.next().id());
        reached = events.resumeAfter();
      }
      server.kill();
    }
    writers.forEach(ResumedEventsTest::join);
    return new Start.After(reached);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void putUntilKilled(ServerProcess server, int writer) {
    try (AifsClient client = server.connect()) {
      for (int batch = 0; server.isAlive(); batch++) {
        List<FilePut> files = new ArrayList<>();
        for (int file = 0; file < BATCH_FILES; file++) {
          String path = "w" + writer + "/" + batch + "/" + file;
          files.add(
              new FilePut(
                  new TreePath(path),
                  new FilePut.What.Data(path.getBytes(StandardCharsets.UTF_8)),
                  FileAttributes.PLAIN_FILE));
        }
        var _ = client.tree().putFiles(Name.MAIN_BRANCH, files);
      }
    } catch (AifsException.Unavailable _) {
      // It was killed.
    }
  }
}
