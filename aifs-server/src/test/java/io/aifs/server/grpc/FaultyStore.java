package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.client.internal.ChannelClients;
import io.aifs.client.internal.ChannelOptions;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.JobSettings;
import io.aifs.server.TestStore;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.file.FaultyDisk;
import io.grpc.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/** A served store over a disk that fails, a client that tries once, and what it was told. */
final class FaultyStore implements AutoCloseable {
  private final SplittableRandom random;
  private final EdgeFixture fixture;
  private final AifsClient client;
  private final FaultyDisk disk;
  private final Map<Digest, byte[]> acknowledged = new LinkedHashMap<>();
  private int paths;

  private FaultyStore(
      SplittableRandom random, EdgeFixture fixture, AifsClient client, FaultyDisk disk) {
    this.random = random;
    this.fixture = fixture;
    this.client = client;
    this.disk = disk;
  }

  /** A new store that is empty. */
  static FaultyStore create(Path directory, SplittableRandom random) throws IOException {
    TestStore.create(directory, Clock.systemUTC()).close();
    return open(directory, random, JobSettings.DEFAULT);
  }

  static FaultyStore open(Path directory, SplittableRandom random, JobSettings jobs)
      throws IOException {
    AtomicReference<FaultyDisk> disk = new AtomicReference<>();
    Clock clock = Clock.systemUTC();
    TestStore store =
        TestStore.open(
            directory,
            clock,
            jobs,
            inner -> {
              disk.set(new FaultyDisk(inner));
              return disk.get();
            });
    EdgeFixture fixture = EdgeFixture.over(store, EdgeFixture.Options.DEFAULT, clock);
    ChannelOptions usual =
        ChannelOptions.embedded(Name.DEFAULT_NAMESPACE, Optional.of(TestTokens.admin()));
    ChannelOptions once =
        new ChannelOptions(
            usual.server(),
            usual.namespace(),
            usual.token(),
            usual.deadline(),
            usual.stallTimeout(),
            Retries.NONE,
            usual.compression(),
            usual.inProcess(),
            usual.trust());
    AifsClient client = ChannelClients.over(fixture.inProcess(), once, () -> {});
    return new FaultyStore(random, fixture, client, disk.get());
  }

  FaultyDisk disk() {
    return disk;
  }

  AifsClient client() {
    return client;
  }

  Engine engine() {
    return fixture.engine();
  }

  /** A channel with a token that has these caveats. */
  Channel channel(String... caveats) throws IOException {
    return EdgeFixture.withToken(fixture.inProcess(), TestTokens.with(caveats));
  }

  /** What every call was told is there. */
  Map<Digest, byte[]> acknowledged() {
    return acknowledged;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  Digest put() {
    byte[] bytes = bytes(random.nextInt(1, 300_000));
    Digest id = client.assets().put(PutOptions.blob(), Content.of(bytes)).id();
    acknowledged.put(id, bytes);
    return id;
  }

  /** Puts three files in one call; returns the path of the first. */
  TreePath putBatch() {
    List<FilePut> files = new ArrayList<>();
    Map<Digest, byte[]> put = new LinkedHashMap<>();
    TreePath first = new TreePath("batch/" + paths);
    for (int i = 0; i < 3; i++) {
      byte[] bytes = bytes(random.nextInt(1, 5_000));
      put.put(Digest.of(bytes), bytes);
      files.add(
          new FilePut(
              new TreePath("batch/" + paths++),
              new FilePut.What.Data(bytes),
              FileAttributes.PLAIN_FILE));
    }
    client.tree().putFiles(Name.MAIN_BRANCH, files);
    acknowledged.putAll(put);
    return first;
  }

  void get(Digest id) {
    assertThat(read(id, 0, Optional.empty())).isEqualTo(acknowledged.get(id));
  }

  void getRange(Digest id) {
    read(id, 0, Optional.of(1L));
  }

  private byte[] read(Digest id, long offset, Optional<Long> length) {
    try (InputStream in = client.assets().read(new ReadTarget.ById(id), offset, length)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void list() {
    client.assets().list(10, Optional.empty());
    client.tree().list(Ref.MAIN, TreePath.ROOT, true, 10, Optional.empty());
  }

  void delete(Digest id) {
    client.assets().delete(id, true, "");
    acknowledged.remove(id);
  }

  void move(TreePath from) {
    client.tree().move(Name.MAIN_BRANCH, from, new TreePath("moved/" + paths++));
  }

  /** What fsck finds, reading all data. */
  List<CheckEvent> fsck() {
    List<CheckEvent> findings = new ArrayList<>();
    client
        .maintenance()
        .fsck(
            true,
            event -> {
              if (event instanceof CheckEvent.Finding finding
                  && !finding.code().equals("pack-orphaned")) {
                findings.add(finding);
              }
            });
    return findings;
  }

  /** All that was acknowledged reads back, nothing else is there, and every invariant holds. */
  void requireWhole() {
    acknowledged.keySet().forEach(this::get);
    assertThat(client.maintenance().status().assets()).isEqualTo(acknowledged.size());
    assertThat(fsck()).isEmpty();
  }

  @Override
  public void close() throws IOException {
    client.close();
    fixture.close();
  }
}
