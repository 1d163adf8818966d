package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Macaroon;
import io.aifs.server.auth.TokenVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What it costs that calls are authorised: the same small calls to the same server, which allows
 * all without a token, without one and with one of six caveats, in turns. And what it costs to look
 * at a token for the first time. Prints Markdown tables.
 *
 * <p>Arguments: the address of a server in dev mode, the file of its admin token, seconds of each
 * turn, and rounds. {@code bench/auth} starts it.
 */
public final class AuthorisationBenchmark {
  private static final int CONTENT_BYTES = 4 << 10;
  private static final int THREADS = 8;
  private static final int TOKENS = 20_000;
  private static final int CAVEATS = 6;
  private static final TreePath PATH = new TreePath("bench/auth");

  private final AifsClient without;
  private final AifsClient with;
  private final long nanos;
  private final int rounds;

  /** Small calls by many threads for some time; gives the calls of a second. */
  private interface Calls {
    double run(AifsClient client) throws Exception;
  }

  private AuthorisationBenchmark(AifsClient without, AifsClient with, long nanos, int rounds) {
    this.without = without;
    this.with = with;
    this.nanos = nanos;
    this.rounds = rounds;
  }

  public static void main(String[] arguments) throws Exception {
    RunningServer server = new RunningServer(arguments[0], Path.of(arguments[1]));
    long nanos = Integer.parseInt(arguments[2]) * 1_000_000_000L;
    int rounds = Integer.parseInt(arguments[3]);
    String admin = Files.readString(Path.of(arguments[1])).strip();
    try (AifsClient without = AifsClients.connect(server.options());
        AifsClient with = AifsClients.connect(server.options().withToken(narrowed(admin)))) {
      new AuthorisationBenchmark(without, with, nanos, rounds).run();
    }
    verifications(rounds);
  }

  /** The admin token has one caveat. */
  private static String narrowed(String admin) {
    Macaroon macaroon = Macaroon.parse(admin);
    for (String caveat : caveats(1)) {
      macaroon = macaroon.attenuate(caveat);
    }
    return macaroon.serialize();
  }

  /** As many as are left of six; the last is another for each number. */
  private static List<String> caveats(int number) {
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(1, ChronoUnit.DAYS);
    return List.of(
        "namespace = default,other",
        "methods = get,put,list",
        "namespace = default",
        "methods = get,list",
        "expires = " + end.plusSeconds(number));
  }

  private void run() throws Exception {
    byte[] content = new byte[CONTENT_BYTES];
    new Random(1).nextBytes(content);
    PutOptions options = PutOptions.blob().at(Name.MAIN_BRANCH, PATH, FileAttributes.PLAIN_FILE);
    Digest id = without.assets().put(options, Content.of(content)).id();
    System.out.println("| call | without a token /s | with six caveats /s | ratio |");
    System.out.println("|---|---|---|---|");
    compare("read of 4 KiB, from memory", client -> reads(client, id));
    compare("stat of a path", this::stats);
    System.out.println();
  }

  private void compare(String what, Calls calls) throws Exception {
    calls.run(without);
    calls.run(with);
    double[] plain = new double[rounds];
    double[] checked = new double[rounds];
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        plain[round] = calls.run(without);
        checked[round] = calls.run(with);
      } else {
        checked[round] = calls.run(with);
        plain[round] = calls.run(without);
      }
      ratios[round] = checked[round] / plain[round];
    }
    System.out.printf(
        "| %s | %,.0f | %,.0f | %.3f |%n", what, median(plain), median(checked), median(ratios));
  }

  private double reads(AifsClient client, Digest id) throws Exception {
    List<RandomReads> readers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      readers.add(new RandomReads(client, List.of(id), CONTENT_BYTES, 1, nanos, i));
    }
    long start = System.nanoTime();
    runAll(readers);
    long calls = readers.stream().mapToLong(reader -> reader.calls().count()).sum();
    return calls * 1e9 / (System.nanoTime() - start);
  }

  private double stats(AifsClient client) throws Exception {
    List<Stats> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(new Stats(client, nanos));
    }
    long start = System.nanoTime();
    runAll(all);
    return all.stream().mapToLong(one -> one.calls).sum() * 1e9 / (System.nanoTime() - start);
  }

  private static void runAll(List<? extends Runnable> workers) throws InterruptedException {
    List<Thread> threads =
        workers.stream().map(worker -> Thread.ofPlatform().start(worker)).toList();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** One thread that asks for a path as fast as it is answered. */
  private static final class Stats implements Runnable {
    private final AifsClient client;
    private final long nanos;
    private long calls;

    Stats(AifsClient client, long nanos) {
      this.client = client;
      this.nanos = nanos;
    }

    @Override
    public void run() {
      long start = System.nanoTime();
      while (System.nanoTime() - start < nanos) {
        if (client.tree().stat(Ref.MAIN, List.of(PATH)).size() != 1) {
          throw new IllegalStateException("the path is gone");
        }
        calls++;
      }
    }
  }

  /** In this process: tokens that were never seen, and one again and again. */
  private static void verifications(int rounds) {
    byte[] key = new byte[32];
    new Random(2).nextBytes(key);
    String[] tokens = new String[TOKENS];
    for (int at = 0; at < TOKENS; at++) {
      List<String> caveats = new ArrayList<>(List.of("methods = get,put,list,delete"));
      caveats.addAll(caveats(at));
      tokens[at] = Macaroon.mint(key, "bench", "aifs:bench", caveats).serialize();
    }
    double[] first = new double[rounds];
    double[] again = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      TokenVerifier verifier = new TokenVerifier(key, Clock.systemUTC()); // it has seen nothing
      double unseen = nanosOfEach(verifier, tokens);
      String[] same = new String[TOKENS];
      Arrays.fill(same, tokens[0]);
      double seen = nanosOfEach(verifier, same);
      if (round >= 0) {
        first[round] = unseen;
        again[round] = seen;
      }
    }
    System.out.printf("| a token of %d caveats, checked | us |%n", CAVEATS);
    System.out.println("|---|---|");
    System.out.printf("| that was never seen | %.2f |%n", median(first) / 1_000);
    System.out.printf("| the same again | %.2f |%n", median(again) / 1_000);
  }

  private static double nanosOfEach(TokenVerifier verifier, String[] tokens) {
    long allowed = 0;
    long start = System.nanoTime();
    for (String token : tokens) {
      allowed += verifier.verify(token).permissions().size();
    }
    long took = System.nanoTime() - start;
    if (allowed != 2L * tokens.length) {
      throw new IllegalStateException("a token allows something else");
    }
    return (double) took / tokens.length;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
