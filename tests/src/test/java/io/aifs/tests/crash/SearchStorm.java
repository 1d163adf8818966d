package io.aifs.tests.crash;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.FilePut;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.Search;
import io.aifs.core.AifsException;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Embeddings that are put, replaced and removed, and assets that are deleted, by several threads
 * until the server is killed; and what must be found afterwards. An asset that was being changed
 * when the server died may be as before or as after.
 */
final class SearchStorm {
  static final Name SPACE = new Name("storm");
  static final int DIMENSION = 16;

  private static final int THREADS = 3;
  private static final int BATCH = 8;
  private static final int CHANGES_MAX = 250;

  private final Map<Digest, float[]> live = new ConcurrentHashMap<>();
  private final Set<Digest> unknown = ConcurrentHashMap.newKeySet();
  private final AtomicInteger made = new AtomicInteger();

  /** Assets that must be found, by their vectors. */
  Map<Digest, float[]> live() {
    return live;
  }

  /** Assets that may be found; no others. */
  Set<Digest> unknown() {
    return unknown;
  }

  static float[] vector(SplittableRandom random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  void runUntilKilled(SplittableRandom random, ServerProcess server) throws InterruptedException {
    AtomicInteger left = new AtomicInteger(random.nextInt(10, CHANGES_MAX));
    List<Thread> threads = new ArrayList<>();
    try (AifsClient client =
        AifsClients.connect(server.clientOptions().withRetries(Retries.NONE))) {
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom choices = random.split();
        threads.add(
            Thread.ofVirtual().start(() -> changeUntilKilled(client, choices, server, left)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private void changeUntilKilled(
      AifsClient client, SplittableRandom choices, ServerProcess server, AtomicInteger left) {
    List<Digest> mine = new ArrayList<>();
    try {
      while (server.isAlive()) {
        change(client, choices, mine);
        if (left.decrementAndGet() == 0) {
          server.kill();
        }
      }
    } catch (AifsException e) {
      // the server is gone: what was under way may be done or not
    }
  }

  private void change(AifsClient client, SplittableRandom choices, List<Digest> mine) {
    int choice = mine.isEmpty() ? 0 : choices.nextInt(6);
    if (choice < 3) {
      mine.addAll(put(client, choices));
      return;
    }
    Digest asset = mine.get(choices.nextInt(mine.size()));
    unknown.add(asset);
    live.remove(asset);
    if (choice == 3) {
      float[] vector = vector(choices);
      var _ = client.search().put(SPACE, List.of(new Search.Embedding(asset, "", vector)));
      live.put(asset, vector);
    } else {
      mine.remove(asset);
      if (choice == 4) {
        int _ = client.search().remove(List.of(new EmbeddingName(asset, SPACE, "")));
      } else {
        client.assets().delete(asset, true, "no more");
      }
    }
    unknown.remove(asset);
  }

  private List<Digest> put(AifsClient client, SplittableRandom choices) {
    List<FilePut> files = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      byte[] content = ("storm " + made.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
      files.add(
          new FilePut(
              new TreePath("storm/" + Digest.of(content)),
              new FilePut.What.Data(content),
              FileAttributes.PLAIN_FILE));
    }
    PutFilesOutcome put = client.tree().putFiles(Name.MAIN_BRANCH, files);
    List<Search.Embedding> embeddings = new ArrayList<>();
    put.files()
        .forEach(
            file ->
                embeddings.add(new Search.Embedding(file.id().orElseThrow(), "", vector(choices))));
    embeddings.forEach(one -> unknown.add(one.asset()));
    var _ = client.search().put(SPACE, embeddings);
    embeddings.forEach(
        one -> {
          live.put(one.asset(), one.vector());
          unknown.remove(one.asset());
        });
    return embeddings.stream().map(Search.Embedding::asset).toList();
  }
}
