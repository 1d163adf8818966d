package io.aifs.bench;

import io.aifs.client.AifsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many clients of one server, each a thread with a connection of its own, that put and get small
 * blobs: how many calls a second, how long they take, what the server's memory does; and the same
 * beside a large upload. Prints a Markdown table. {@code bench/load} starts the server and this.
 *
 * <p>Arguments: the server's address, the file of the token, the server's process id, seconds, how
 * many clients, and the bytes of the upload (0 for none).
 */
public final class LoadBenchmark {
  private static final long WARM_UP_SECONDS = 10;
  private static final int FAILURES_SHOWN = 5;

  private final RunningServer server;
  private final long serverProcess;
  private final long seconds;
  private final int clients;
  private long nextSeed = 1;

  private LoadBenchmark(RunningServer server, long serverProcess, long seconds, int clients) {
    this.server = server;
    this.serverProcess = serverProcess;
    this.seconds = seconds;
    this.clients = clients;
  }

  public static void main(String[] arguments) throws Exception {
    LoadBenchmark benchmark =
        new LoadBenchmark(
            new RunningServer(arguments[0], Path.of(arguments[1])),
            Long.parseLong(arguments[2]),
            Long.parseLong(arguments[3]),
            Integer.parseInt(arguments[4]));
    long uploadBytes = Long.parseLong(arguments[5]);
    System.out.println(
        "| | calls/s | put p50, p99 | get p50, p99 | all p99 | slowest | errors"
            + " | server's memory, MiB |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    benchmark.measure("alone", 0);
    if (uploadBytes > 0) {
      benchmark.measure("beside an upload", uploadBytes);
    }
  }

  private void measure(String what, long uploadBytes) throws Exception {
    List<AifsClient> connections = new ArrayList<>();
    List<SmallCalls> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        AifsClient connection = server.connect();
        connections.add(connection);
        SmallCalls call = new SmallCalls(connection, nextSeed++);
        calls.add(call);
        threads.execute(call);
      }
      List<Long> memory = new ArrayList<>();
      Future<String> uploads;
      long nanos;
      try {
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        calls.forEach(SmallCalls::count);
        long start = System.nanoTime();
        uploads = threads.submit(() -> upload(uploadBytes));
        do {
          memory.add(ProcessMemory.residentMebibytes(serverProcess));
          TimeUnit.SECONDS.sleep(1);
          nanos = System.nanoTime() - start;
        } while (nanos < TimeUnit.SECONDS.toNanos(seconds) || !uploads.isDone());
      } finally {
        calls.forEach(SmallCalls::end);
      }
      threads.shutdown();
      if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("calls do not end");
      }
      print(what + uploads.get(), calls, memory, nanos);
    } finally {
      connections.forEach(AifsClient::close);
    }
  }

  /** What there is to say of the uploads, which last until the time is over; nothing if none. */
  private String upload(long bytes) throws IOException {
    if (bytes == 0) {
      return "";
    }
    try (AifsClient client = server.connect()) {
      LargeUploads uploads = new LargeUploads(client, bytes);
      uploads.runFor(TimeUnit.SECONDS.toNanos(seconds));
      return ": " + uploads;
    }
  }

  private static void print(String what, List<SmallCalls> calls, List<Long> memory, long nanos) {
    Latencies puts = new Latencies();
    Latencies gets = new Latencies();
    long failures = 0;
    for (SmallCalls each : calls) {
      puts.addAll(each.puts());
      gets.addAll(each.gets());
      failures += each.failures();
    }
    Latencies all = new Latencies();
    all.addAll(puts);
    all.addAll(gets);
    System.out.printf(
        "| %s | %,.0f | %s | %s | %s | %s | %d | %s |%n",
        what,
        all.count() * 1e9 / nanos,
        millis(puts.micros(0.5)) + ", " + millis(puts.micros(0.99)),
        millis(gets.micros(0.5)) + ", " + millis(gets.micros(0.99)),
        millis(all.micros(0.99)),
        millis(all.micros(1)),
        failures,
        "%d at the start, %d in the middle, %d at the end"
            .formatted(memory.getFirst(), memory.get(memory.size() / 2), memory.getLast()));
    calls.stream()
        .map(SmallCalls::lastFailure)
        .filter(failure -> !failure.isEmpty())
        .distinct()
        .limit(FAILURES_SHOWN)
        .forEach(System.err::println);
  }

  private static String millis(long micros) {
    return "%.1f ms".formatted(micros / 1e3);
  }
}
