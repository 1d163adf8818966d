package io.aifs.tests.harness;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code aifs serve} in a JVM of its own, on a free port of the loopback interface. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:([1-9][0-9]*)");
  private static final long PATIENCE_SECONDS = 120;

  private final StoreUnderTest store;
  private final Process process;
  private final List<Thread> readers = new ArrayList<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Integer> listening = new CompletableFuture<>();

  private ServerProcess(StoreUnderTest store, Process process) {
    this.store = store;
    this.process = process;
  }

  /** Starts a server and returns when it takes calls. */
  public static ServerProcess start(StoreUnderTest store, int heapMebibytes, String... options) {
    return start(store, Map.of(), heapMebibytes, options);
  }

  /**
   * The same with more in its environment.
   *
   * @param environment values by name of their variables
   */
  public static ServerProcess start(
      StoreUnderTest store, Map<String, String> environment, int heapMebibytes, String... options) {
    List<String> arguments = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(options));
    CliProcess command =
        CliProcess.of(store.homes(), arguments.toArray(String[]::new)).heapMebibytes(heapMebibytes);
    environment.forEach(command::environment);
    Process process = command.start();
    ServerProcess server = new ServerProcess(store, process);
    server.follow(process.inputReader(StandardCharsets.UTF_8));
    server.follow(process.errorReader(StandardCharsets.UTF_8));
    server.awaitListening();
    return server;
  }

  private void follow(BufferedReader reader) {
    readers.add(Thread.ofVirtual().start(() -> read(reader)));
  }

  private void read(BufferedReader reader) {
    try (reader) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        Matcher matcher = ADDRESS.matcher(line);
        if (matcher.find()) {
          listening.complete(Integer.parseInt(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      lines.add(e.toString());
    }
  }

  private void awaitListening() {
    var _ =
        process
            .onExit()
            .thenRun(() -> listening.completeExceptionally(new IllegalStateException()));
    try {
      listening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      kill();
      throw new AssertionError("the server did not start; it said:\n" + log(), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return listening.join();
  }

  public String address() {
    return "127.0.0.1:" + port();
  }

  /** All that the server has printed so far. */
  public String log() {
    return String.join("\n", lines);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long processId() {
    return process.pid();
  }

  /** How to reach it with the store's admin token. */
  public ClientOptions clientOptions() {
    return ClientOptions.of(new ClientOptions.Endpoint.Tcp("127.0.0.1", port()))
        .withToken(store.adminToken());
  }

  public AifsClient connect() {
    return AifsClients.connect(clientOptions());
  }

  /** kill -9. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGTERM, without waiting. */
  public void terminate() {
    process.destroy();
  }

  /** Sends a signal by name, such as STOP. */
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the end and gives the exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server does not end; it said:\n" + log());
      }
      for (Thread reader : readers) {
        reader.join();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      awaitExit();
    }
  }
}
