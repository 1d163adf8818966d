package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.Policies;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.client.SnapshotOptions;
import io.aifs.client.internal.ChannelClients;
import io.aifs.client.internal.ChannelOptions;
import io.aifs.client.internal.Compression;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is kept in memory, on either side of the wire, what is read is the truth: a read that
 * began after a write returned sees that write or a later one. Writers and readers work at once on
 * metadata, content, deletions, paths, refs and policies, each a register whose writes are
 * numbered.
 *
 * <p>{@code -Daifs.truth.operations=N} sets how many reads and writes there are: 1,500 unless said
 * otherwise, 1,000,000 for the full size.
 */
class CachesAreTrueTest {
  private static final int OPERATIONS = Integer.getInteger("aifs.truth.operations", 1_500);
  private static final int CLIENTS = 3;
  private static final int THREADS = 6;
  private static final Name MAIN = Name.MAIN_BRANCH;

  /** Something that is written again and again, one write after the other. */
  private abstract static class Register {
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();

    abstract void write(AifsClient client, long number) throws IOException;

    /** Which of the writes would show what is seen; write 0 is how it was in the beginning. */
    abstract LongPredicate read(AifsClient client) throws IOException;

    void writeNext(AifsClient client) throws IOException {
      writing.lock();
      try {
        long number = started.incrementAndGet();
        write(client, number);
        finished.set(number);
      } finally {
        writing.unlock();
      }
    }

    void readOnce(AifsClient client) throws IOException {
      long first = finished.get();
      LongPredicate seen = read(client);
      long last = started.get();
      assertThat(LongStream.rangeClosed(first, last).anyMatch(seen))
          .as("%s shows one of the writes %d to %d", getClass().getSimpleName(), first, last)
          .isTrue();
    }
  }

  /** Metadata of one asset, put again and again. */
  private static final class MetadataOf extends Register {
    private final byte[] content;
    private final Digest id;

    MetadataOf(int key) {
      content = ("the content of asset " + key).getBytes(UTF_8);
      id = Digest.of(content);
    }

    @Override
    void write(AifsClient client, long number) {
      var _ =
          client
              .assets()
              .put(
                  new PutOptions(
                      AssetKind.BLOB,
                      Map.of("n", Long.toString(number)),
                      List.of(),
                      new float[0],
                      Optional.empty()),
                  Content.of(content));
    }

    @Override
    LongPredicate read(AifsClient client) {
      AssetInfo info = client.assets().statAll(List.of(id)).get(id);
      if (info == null) {
        return number -> number == 0;
      }
      long seen = Long.parseLong(info.metadata().getOrDefault("n", "-1"));
      return number -> number == seen;
    }
  }

  /** An asset that odd writes put, and even ones delete; read by its content. */
  private static final class PresenceOf extends Register {
    private final byte[] content;
    private final Digest id;

    PresenceOf(int key) {
      content = ("there or not " + key).getBytes(UTF_8);
      id = Digest.of(content);
    }

    @Override
    void write(AifsClient client, long number) {
      if (number % 2 == 1) {
        var _ = client.assets().put(PutOptions.blob(), Content.of(content));
      } else {
        client.assets().delete(id, true, "test");
      }
    }

    @Override
    LongPredicate read(AifsClient client) throws IOException {
      try (InputStream in = client.assets().read(new ReadTarget.ById(id), 0, Optional.empty())) {
        assertThat(in.readAllBytes()).isEqualTo(content);
        return number -> number % 2 == 1;
      } catch (AifsException.NotFound _) {
        return number -> number % 2 == 0;
      }
    }
  }

  /** A path that names new content with each write. */
  private static final class ContentAt extends Register {
    private final TreePath path;

    ContentAt(int key) {
      path = new TreePath("directory-" + key % 3 + "/file-" + key);
    }

    private byte[] content(long number) {
      return (path + " in version " + number).getBytes(UTF_8);
    }

    @Override
    void write(AifsClient client, long number) {
      var _ =
          client
              .tree()
              .putFiles(
                  MAIN,
                  List.of(
                      new FilePut(
                          path,
                          new FilePut.What.Data(content(number)),
                          FileAttributes.PLAIN_FILE)));
    }

    @Override
    LongPredicate read(AifsClient client) throws IOException {
      ReadTarget target = new ReadTarget.ByPath(Ref.MAIN, path);
      try (InputStream in = client.assets().read(target, 0, Optional.empty())) {
        String seen = new String(in.readAllBytes(), UTF_8);
        return number -> seen.equals(new String(content(number), UTF_8));
      } catch (AifsException.NotFound _) {
        return number -> number == 0;
      }
    }
  }

  /** What the newest snapshot of a branch says. */
  private static final class HeadOfMain extends Register {
    @Override
    void write(AifsClient client, long number) {
      var _ =
          client
              .history()
              .take(
                  MAIN,
                  new SnapshotOptions("number " + number, "", Map.of(), Optional.empty(), true));
    }

    @Override
    LongPredicate read(AifsClient client) {
      String seen = client.history().describe(Ref.MAIN).message();
      return number -> number == 0 ? !seen.startsWith("number ") : seen.equals("number " + number);
    }
  }

  /** A policy: odd writes allow no tensors, even ones all kinds. */
  private static final class PolicyOf extends Register {
    private final AtomicLong tried = new AtomicLong();

    @Override
    void write(AifsClient client, long number) {
      String kinds = number % 2 == 1 ? "\"BLOB\"" : "\"BLOB\", \"TENSOR\"";
      var _ =
          client
              .policies()
              .set(
                  "{\"version\": 1, \"description\": \"%d\", \"kinds\": [%s]}"
                      .formatted(number, kinds),
                  OptionalLong.empty(),
                  "");
    }

    @Override
    LongPredicate read(AifsClient client) {
      if (tried.get() % 2 == 0) {
        tried.incrementAndGet();
        String seen =
            client.policies().current().map(Policies.PolicyVersion::document).orElse("\"0\"");
        return number -> seen.contains("\"" + number + "\"");
      }
      byte[] tensor = tensor(tried.incrementAndGet());
      PutOptions options =
          new PutOptions(AssetKind.TENSOR, Map.of(), List.of(), new float[0], Optional.empty());
      try {
        var _ = client.assets().put(options, Content.of(tensor));
        return number -> number % 2 == 0;
      } catch (AifsException.Precondition e) {
        assertThat(e.reason()).isEqualTo(Reason.POLICY_VIOLATED);
        return number -> number % 2 == 1;
      }
    }
  }

  private static byte[] tensor(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TensorType type = new TensorType(ElementType.INT64, List.of(1L));
    try {
      TensorCodec.encode(
          new Tensor("t", type, ByteBuffer.allocate(Long.BYTES).putLong(0, value)), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static List<Register> registers() {
    List<Register> registers = new ArrayList<>(List.of(new HeadOfMain(), new PolicyOf()));
    for (int key = 0; key < 4; key++) {
      registers.add(new MetadataOf(key));
      registers.add(new PresenceOf(key));
      registers.add(new ContentAt(key));
    }
    return registers;
  }

  private static AifsClient client(EdgeFixture fixture) throws IOException {
    return ChannelClients.over(
        fixture.tcp(),
        new ChannelOptions(
            "the test",
            Name.DEFAULT_NAMESPACE,
            Optional.of(TestTokens.admin()),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Retries.DEFAULT,
            Compression.CALLS,
            false,
            Optional.empty()),
        () -> {});
  }

  @Test
  void whatIsReadIsTheTruth(@TempDir Path directory) throws Exception {
    long seed = SeededTest.seed();
    List<Register> registers = registers();
    try (EdgeFixture fixture = EdgeFixture.open(directory);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<AifsClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(client(fixture));
      }
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(seed + i);
        workers.add(threads.submit(() -> work(registers, clients, random)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
      // At rest there is only one truth, and every client sees it.
      for (AifsClient client : clients) {
        for (Register register : registers) {
          register.readOnce(client);
        }
        client.close();
      }
    }
  }

  private static boolean work(
      List<Register> registers, List<AifsClient> clients, SplittableRandom random)
      throws IOException {
    for (int i = 0; i < OPERATIONS / THREADS; i++) {
      Register register = registers.get(random.nextInt(registers.size()));
      AifsClient client = clients.get(random.nextInt(clients.size()));
      if (random.nextInt(4) == 0) {
        register.writeNext(client);
      } else {
        register.readOnce(client);
      }
    }
    return true;
  }
}
