package io.aifs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.client.AifsClient;
import io.aifs.client.EventOptions;
import io.aifs.client.EventSubscription;
import io.aifs.client.FilePut;
import io.aifs.client.StoreEvent;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Events published in batches, and heard by many subscribers, each over a connection of its own:
 * how many a second, how long after they happened, and whether each subscriber heard each one in
 * order. {@code bench/events} starts the server and this.
 *
 * <p>Arguments: the server's address, the file of the token, how many events, how many subscribers,
 * and how many events a second to publish (0 for as many as can be).
 */
public final class EventsBenchmark {
  private static final int BATCH = 1_000;
  private static final String DIRECTORY = "events/";

  private final RunningServer server;
  private final int events;
  private final int subscribers;

  private EventsBenchmark(RunningServer server, int events, int subscribers) {
    this.server = server;
    this.events = events;
    this.subscribers = subscribers;
  }

  /** Prints a row of a Markdown table. */
  public static void main(String[] arguments) throws Exception {
    EventsBenchmark benchmark =
        new EventsBenchmark(
            new RunningServer(arguments[0], Path.of(arguments[1])),
            Integer.parseInt(arguments[2]) / BATCH * BATCH,
            Integer.parseInt(arguments[3]));
    benchmark.run(Integer.parseInt(arguments[4]));
  }

  private void run(int rate) throws Exception {
    try (AifsClient client = server.connect();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Digest content = first(client, rate);
      CountDownLatch listening = new CountDownLatch(subscribers);
      List<Future<Heard>> all = new ArrayList<>();
      String run = DIRECTORY + System.nanoTime() + "/";
      for (int i = 0; i < subscribers; i++) {
        all.add(threads.submit(() -> listen(run, listening)));
      }
      listening.await();
      long start = System.nanoTime();
      publish(client, content, run, rate);
      long published = System.nanoTime() - start;
      Latencies lags = new Latencies();
      long delivered = 0;
      for (Future<Heard> each : all) {
        Heard heard = each.get();
        lags.addAll(heard.lags());
        delivered = Math.max(delivered, heard.endNanos() - start);
      }
      System.out.printf(
          "| %s | %,d | %d | %,.0f | %,.0f | %,.0f | %.1f, %.1f | each, in order |%n",
          rate == 0 ? "as fast as can be" : "%,d a second".formatted(rate),
          events,
          subscribers,
          events * 1e9 / published,
          events * 1e9 / delivered,
          events * 1e9 * subscribers / delivered,
          lags.micros(0.5) / 1e3,
          lags.micros(0.99) / 1e3);
    }
  }

  /** The content that every path names. */
  private static Digest first(AifsClient client, int rate) {
    byte[] content = ("rate " + rate).getBytes(UTF_8);
    var _ =
        client
            .tree()
            .putFiles(
                Name.MAIN_BRANCH,
                List.of(
                    new FilePut(
                        new TreePath("content"),
                        new FilePut.What.Data(content),
                        FileAttributes.PLAIN_FILE)));
    return Digest.of(content);
  }

  private void publish(AifsClient client, Digest content, String run, int rate)
      throws InterruptedException {
    long start = System.nanoTime();
    for (int first = 0; first < events; first += BATCH) {
      List<FilePut> batch = new ArrayList<>(BATCH);
      for (int i = first; i < first + BATCH; i++) {
        batch.add(
            new FilePut(
                new TreePath(run + i), new FilePut.What.Known(content), FileAttributes.PLAIN_FILE));
      }
      var _ = client.tree().putFiles(Name.MAIN_BRANCH, batch);
      if (rate > 0) {
        long due = start + (long) ((first + BATCH) * 1e9 / rate);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      }
    }
  }

  private record Heard(Latencies lags, long endNanos) {}

  private Heard listen(String run, CountDownLatch listening) throws IOException {
    Latencies lags = new Latencies();
    try (AifsClient client = server.connect()) {
      EventOptions live = EventOptions.LIVE.from(new EventOptions.Start.After(newest(client)));
      try (EventSubscription heard = client.events().subscribe(live)) {
        listening.countDown();
        String last = "";
        for (int next = 0; next < events; next++) {
          StoreEvent event = heard.next();
          lags.add((System.currentTimeMillis() - event.at().toEpochMilli()) * 1_000_000);
          String path = event.path().map(TreePath::value).orElse("");
          if (!path.equals(run + next) || event.id().compareTo(last) <= 0) {
            throw new IllegalStateException(
                "after " + last + " came " + event.id() + " of '" + path + "', not of " + next);
          }
          last = event.id();
        }
        return new Heard(lags, System.nanoTime());
      }
    }
  }

  /** The id of the newest event there is. */
  private static String newest(AifsClient client) {
    EventOptions all =
        new EventOptions(
            new EventOptions.Start.Now(), false, List.of(), List.of(), List.of(), List.of());
    try (EventSubscription none = client.events().subscribe(all)) {
      if (none.hasNext()) {
        throw new IllegalStateException("there is an event after the newest");
      }
      return none.resumeAfter();
    }
  }
}
