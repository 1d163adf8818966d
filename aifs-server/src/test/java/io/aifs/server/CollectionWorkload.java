package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.AifsException;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkHints;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.CollectionReport;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.embedding.NewEmbedding;
import io.aifs.server.file.MemoryDisk;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordVisitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Random puts, deletes and collections on one store, with a model of what has to be there. */
final class CollectionWorkload {
  private static final int BLOCKS = 40;
  private static final EmbeddingSpace SPACE =
      new EmbeddingSpace(new Name("parts"), 3, VectorMetric.DOT_PRODUCT, "", VectorStorage.FLOAT32);

  private final Random random;
  private final Path directory;
  private final MemoryDisk disk = new MemoryDisk();
  private final TestClock clock = new TestClock();
  private final ChunkHints hints = new ChunkHints();
  private final int packBytesMax;
  private final boolean heedsPins;

  private CollectedStore store;
  private final List<NamespaceRow> namespaces = new ArrayList<>();

  /** What is visible by namespace, and what was deleted. */
  private final Map<Key, byte[]> visible = new TreeMap<>();

  private final Set<Key> deleted = new HashSet<>();
  private final List<Upload> uploads = new ArrayList<>();
  private int paths;
  long collections;

  /** Chunks that are stored as what differs from another, at the end. */
  long differences;

  private record Key(int namespace, Digest id) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Integer.compare(namespace, other.namespace);
      return order != 0 ? order : id.compareTo(other.id);
    }
  }

  private record Upload(int namespace, PutSession session, ByteArrayOutputStream content) {}

  private static final class TestClock extends Clock {
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /**
   * @param heedsPins false plants a bug, see {@link CollectedStore#open}
   */
  CollectionWorkload(Path directory, Random random, boolean heedsPins) throws IOException {
    this.directory = directory;
    this.heedsPins = heedsPins;
    this.random = random;
    this.packBytesMax = 4_000 + random.nextInt(40_000);
    this.store = open();
    namespaces.add(store.createNamespace("one"));
    namespaces.add(store.createNamespace("two"));
  }

  private CollectedStore open() throws IOException {
    return CollectedStore.open(directory, disk, packBytesMax, random, clock, hints, heedsPins);
  }

  /** One random thing, collections included. */
  void step() throws IOException {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> collect(random.nextBoolean() ? Duration.ZERO : Duration.ofHours(24));
      case 4 -> clock.now = clock.now.plus(Duration.ofHours(1 + random.nextInt(30)));
      case 5 -> restart(random.nextBoolean());
      case 6 -> store.collections.undo();
      case 7 -> revive();
      case 8 -> store.collections.plan(CollectionListener.NONE);
      default -> foreground();
    }
  }

  /** Something that may happen in the middle of a collection. */
  private void foreground() throws IOException {
    switch (random.nextInt(10)) {
      case 8 -> embed();
      case 9 -> removeEmbeddings();
      case 0, 1 -> putFiles();
      case 2 -> beginUpload();
      case 3 -> writeToUpload();
      case 4 -> endUpload();
      case 5, 6 -> delete();
      default -> readSome();
    }
  }

  void collect(Duration grace) throws IOException {
    collections++;
    store.collections.run(
        grace,
        Duration.ZERO,
        (_, _) -> {
          try {
            if (random.nextInt(3) == 0) {
              foreground();
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    for (int i = 0; i < 5; i++) {
      readSome();
    }
  }

  private byte[] block() {
    byte[] bytes = block(random.nextInt(BLOCKS));
    if (random.nextBoolean()) { // much like others, and stored as what differs from one
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(3));
    }
    return bytes;
  }

  private static byte[] block(int number) {
    Random content = new Random(number);
    byte[] bytes = new byte[1 + content.nextInt(900)];
    content.nextBytes(bytes);
    return bytes;
  }

  private void putFiles() {
    int namespace = random.nextInt(2);
    List<FilePut> batch = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      byte[] content = block();
      contents.add(content);
      batch.add(
          new FilePut(
              new TreePath("f" + paths++),
              new FilePut.What.Data(content),
              FileAttributes.PLAIN_FILE,
              AssetKind.BLOB,
              Map.of(),
              List.of()));
    }
    store.files.put(namespaces.get(namespace), Name.MAIN_BRANCH, batch, Optional.empty());
    contents.forEach(content -> appeared(new Key(namespace, Digest.of(content)), content));
  }

  /** Parts of what is visible, in few different vectors: they are stored once. */
  private void embed() {
    if (!visible.isEmpty()) {
      Key key = any(List.copyOf(visible.keySet()));
      NamespaceRow namespace = namespaces.get(key.namespace());
      List<NewEmbedding> parts = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        parts.add(
            new NewEmbedding(
                key.id(),
                "part " + random.nextInt(5),
                FloatVectors.encode(new float[] {1, random.nextInt(9), random.nextInt(2)})));
      }
      store.embeddings.createSpace(namespace, SPACE, Optional.empty());
      store.embeddings.put(namespace, SPACE.name(), parts, Optional.empty());
    }
  }

  private void removeEmbeddings() {
    if (!visible.isEmpty()) {
      Key key = any(List.copyOf(visible.keySet()));
      store.embeddings.remove(
          namespaces.get(key.namespace()),
          List.of(new EmbeddingName(key.id(), SPACE.name(), "part " + random.nextInt(5))),
          Optional.empty());
    }
  }

  private void appeared(Key key, byte[] content) {
    visible.put(key, content);
    deleted.remove(key);
  }

  private void beginUpload() {
    if (uploads.size() < 4) {
      int namespace = random.nextInt(2);
      byte[] embedding = new byte[0];
      if (random.nextInt(4) == 0) {
        embedding = new byte[8];
        ByteBuffer.wrap(embedding)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(random.nextInt(9))
            .putFloat(1);
      }
      PutHeader header =
          new PutHeader(AssetKind.BLOB, Map.of(), List.of(), embedding, Optional.empty());
      uploads.add(
          new Upload(
              namespace,
              store.assets.beginPut(namespaces.get(namespace), header),
              new ByteArrayOutputStream()));
      writeToUpload();
    }
  }

  private void writeToUpload() {
    if (!uploads.isEmpty()) {
      Upload upload = uploads.get(random.nextInt(uploads.size()));
      // Longer than what is gathered before it is cut, now and then, so that chunks are stored.
      int blocks = random.nextInt(50) == 0 ? 3_000 : random.nextInt(30);
      int seed = random.nextInt(6);
      Random chosen = new Random(seed);
      for (int i = 0; i < blocks; i++) {
        byte[] bytes = block(chosen.nextInt(BLOCKS));
        if (random.nextInt(8) == 0) {
          bytes[random.nextInt(bytes.length)] ^= 1;
        }
        upload.session().write(bytes, 0, bytes.length);
        upload.content().writeBytes(bytes);
      }
    }
  }

  private void endUpload() {
    if (!uploads.isEmpty()) {
      Upload upload = uploads.remove(random.nextInt(uploads.size()));
      try (PutSession session = upload.session()) {
        if (random.nextInt(4) > 0) {
          session.finish(Optional.empty());
          byte[] content = upload.content().toByteArray();
          appeared(new Key(upload.namespace(), Digest.of(content)), content);
        }
      }
    }
  }

  private void delete() {
    if (!visible.isEmpty()) {
      Key key = any(List.copyOf(visible.keySet()));
      store.deletes.delete(
          namespaces.get(key.namespace()), key.id(), true, "test", "", Optional.empty());
      visible.remove(key);
      deleted.add(key);
    }
  }

  /** Brings something back, or is told that it is too late. */
  private void revive() {
    if (!deleted.isEmpty()) {
      Key key = any(deleted.stream().sorted().toList());
      try {
        store.revivals.revive(namespaces.get(key.namespace()), key.id());
        byte[] content = store.read(namespaces.get(key.namespace()), key.id());
        assertThat(Digest.of(content)).isEqualTo(key.id());
        appeared(key, content);
      } catch (AifsException.Precondition _) {
        assertThat(visible).doesNotContainKey(key);
      }
    }
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private void readSome() {
    if (!visible.isEmpty()) {
      read(any(List.copyOf(visible.keySet())));
    }
  }

  private void read(Key key) {
    byte[] content = store.read(namespaces.get(key.namespace()), key.id());
    assertThat(content).isEqualTo(visible.get(key));
  }

  /** Reopens the store, which ends the uploads. */
  private void restart(boolean orderly) throws IOException {
    uploads.forEach(upload -> upload.session().close());
    uploads.clear();
    if (orderly) {
      store.close();
    } else {
      store.drop();
    }
    store = open();
    check();
  }

  /** Everything visible reads back, and the check finds nothing. */
  void check() {
    visible.keySet().forEach(this::read);
    assertThat(store.damage()).isEmpty();
  }

  /** Ends the uploads and collects twice: nothing dead is left, in packs or beside them. */
  CollectionReport settle() throws IOException {
    uploads.forEach(upload -> upload.session().close());
    uploads.clear();
    store.collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);
    store.collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);
    check();
    CollectionReport left = store.collections.plan(CollectionListener.NONE);
    assertThat(left.condemnedRecords()).isZero();
    assertThat(left.pendingBytes()).isZero();
    assertThat(left.orphans()).isZero();
    assertThat(countRecords()).isEqualTo(left.records());
    return left;
  }

  private long countRecords() throws IOException {
    long[] count = {0};
    store
        .chunkStores
        .of(CollectedStore.DOMAIN)
        .scan(
            true,
            new RecordVisitor() {
              @Override
              public void record(PackId pack, long position, PackRecord record) {
                count[0]++;
                differences += record.base() == null ? 0 : 1;
              }

              @Override
              public void damage(PackDamage damage) {
                throw new AssertionError(damage.toString());
              }
            });
    return count[0];
  }

  void close() throws IOException {
    store.close();
  }
}
