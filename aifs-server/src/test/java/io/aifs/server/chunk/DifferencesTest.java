package io.aifs.server.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.Codec;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecordType;
import io.aifs.server.file.FlippedBit;
import io.aifs.server.file.MemoryDisk;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackHeaderInfo;
import io.aifs.server.pack.PackOptions;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.PackStore;
import io.aifs.server.pack.RecordVisitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chunks stored as what differs from others: made, read, damaged, healed, collected. */
class DifferencesTest {
  private static final DomainId DOMAIN = DomainId.parse("de".repeat(16));
  private static final int BYTES = 16 << 10;

  private final MemoryDisk disk = new MemoryDisk();
  private final Map<PackId, LivePack> ledger = new TreeMap<>();
  private final AtomicInteger packs = new AtomicInteger();
  private final DomainKeys keys = keys();
  private ChunkCollector collector;
  private SealedChunkStore store;

  DifferencesTest() {
    PackStore records = records();
    collector = new ChunkCollector(records.collector(), keys);
    store = over(records);
  }

  private static DomainKeys keys() {
    byte[] key = new byte[DomainKeys.KEY_BYTES];
    Arrays.fill(key, (byte) 9);
    return DomainKeys.of(DOMAIN, Map.of(1, key), key);
  }

  private PackStore records() {
    return PackStore.open(
        disk,
        DOMAIN,
        List.copyOf(ledger.values()),
        new PackHeaderInfo(1, "local:test"),
        PackOptions.DEFAULT,
        () -> new PackId("%032x".formatted(packs.incrementAndGet())),
        Clock.systemUTC());
  }

  private SealedChunkStore over(PackStore records) {
    return new SealedChunkStore(
        records,
        records.copies(),
        keys,
        new ChunkCipher(RandomBytes.secure()),
        new ChunkCompressor(),
        DictionaryPlan.DEFAULT,
        RoomGate.OPEN);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void commit(List<LivePack> synced) {
    synced.forEach(pack -> ledger.put(pack.id(), pack));
    store.recorded(synced);
  }

  private void put(Chunk... chunks) throws IOException {
    var _ = store.putAll(RecordType.CHUNK, List.of(chunks));
    commit(store.sync());
  }

  private void reopen(boolean sealed) throws IOException {
    if (sealed) {
      commit(store.seal());
    }
    store.close();
    PackStore records = records();
    collector = new ChunkCollector(records.collector(), keys);
    store = over(records);
  }

  private static Chunk weights(int seed) {
    Random random = new Random(seed);
    ByteBuffer numbers = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      numbers.putFloat((float) (random.nextGaussian() * 0.02));
    }
    return Chunk.of(numbers.array());
  }

  /** The same numbers, a few of them changed, and said to be like {@code base}. */
  private static Chunk tuned(Chunk original, int seed, Chunk base) {
    byte[] bytes = original.bytes().clone();
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      bytes[4 * random.nextInt(BYTES / 4)] ^= 1;
    }
    return like(bytes, base);
  }

  private static Chunk like(byte[] bytes, Chunk base) {
    return new Chunk(
        Digest.of(bytes),
        bytes,
        0,
        bytes.length,
        Optional.empty(),
        Optional.of(new Chunk.Numbers(4, Optional.of(base.digest()))));
  }

  private void assertReads(Chunk... chunks) throws IOException {
    List<Digest> digests = Arrays.stream(chunks).map(Chunk::digest).toList();
    Map<Digest, byte[]> found = store.getAll(RecordType.CHUNK, digests);
    assertThat(store.missing(RecordType.CHUNK, digests)).isEmpty();
    for (Chunk chunk : chunks) {
      assertThat(found.get(chunk.digest())).isEqualTo(chunk.bytes());
    }
  }

  private record Place(PackId pack, long position, PackRecord record) {}

  /** What a scan finds. */
  private final class Scanned implements RecordVisitor {
    final Map<Digest, Place> places = new LinkedHashMap<>();
    final List<PackDamage> damage = new ArrayList<>();

    Scanned() throws IOException {
      store.scan(true, this);
    }

    @Override
    public void record(PackId pack, long position, PackRecord record) {
      places.put(record.id(), new Place(pack, position, record));
    }

    @Override
    public void damage(PackDamage found) {
      damage.add(found);
    }

    Place of(Chunk chunk) {
      return Objects.requireNonNull(places.get(stored(chunk)));
    }
  }

  private Digest stored(Chunk chunk) {
    return keys.storedId(RecordType.CHUNK, chunk.digest());
  }

  private Codec codec(Chunk chunk) throws IOException {
    return Codec.ofCode(new Scanned().of(chunk).record().codec());
  }

  /** Changes a byte of a record, so far from its start, while no store is open. */
  private void flip(Chunk chunk, int offset) throws IOException {
    reopen(true);
    Place place = new Scanned().of(chunk);
    String hex = place.pack().hex();
    String name = "packs/" + hex.substring(0, 2) + "/" + hex + ".pack";
    FlippedBit.in(disk, name, place.position() + offset);
    reopen(false);
  }

  @Test
  void aChunkMuchLikeItsBaseIsStoredAsWhatDiffers() throws IOException {
    Chunk base = weights(1);
    Chunk tuned = tuned(base, 2, base);
    put(base);
    put(tuned);
    Scanned scanned = new Scanned();
    assertThat(scanned.damage).isEmpty();
    PackRecord record = scanned.of(tuned).record();
    assertThat(record.codec()).isEqualTo(Codec.DELTA_4.code());
    assertThat(record.base()).isEqualTo(stored(base));
    assertThat(record.payload().length).isLessThan(BYTES / 20);
    assertReads(base, tuned);
    reopen(false);
    assertReads(tuned, base);
    reopen(true);
    assertReads(base, tuned);
    assertThat(new Scanned().damage).isEmpty();
  }

  @Test
  void whatIsLikeADifferenceIsStoredByTheBaseOfThat() throws IOException {
    Chunk base = weights(1);
    Chunk tuned = tuned(base, 2, base);
    Chunk further = tuned(tuned, 3, tuned);
    put(base);
    put(tuned);
    put(further);
    PackRecord record = new Scanned().of(further).record();
    assertThat(record.base()).isEqualTo(stored(base));
    assertReads(base, tuned, further);
  }

  @Test
  void noBaseIsUsedThatIsUnlikeOrAbsentOrOfAnotherLengthOrTheChunkItself() throws IOException {
    Chunk base = weights(1);
    Chunk longer = Chunk.of(Arrays.copyOf(weights(1).bytes(), BYTES + 4));
    put(base, longer);
    Chunk unlike = like(weights(2).bytes(), base);
    Chunk alone = tuned(base, 3, weights(9));
    Chunk otherLength = tuned(base, 4, longer);
    byte[] own = tuned(base, 5, base).bytes();
    Chunk itself = like(own, Chunk.of(own));
    put(unlike, alone, otherLength, itself);
    for (Chunk chunk : List.of(unlike, alone, otherLength, itself)) {
      assertThat(codec(chunk)).isEqualTo(Codec.PLANES_4);
    }
    assertReads(base, unlike, alone, otherLength, itself);
  }

  @Test
  void damageOfABaseIsToldOfAllThatNeedItAndHealsWhenTheBaseIsPutAgain() throws IOException {
    Chunk base = weights(1);
    Chunk tuned = tuned(base, 2, base);
    put(base, weights(7));
    put(tuned);
    flip(base, 300);
    assertThatThrownBy(() -> store.getAll(RecordType.CHUNK, List.of(tuned.digest())))
        .isInstanceOf(ChunkDamagedException.class)
        .hasMessageContaining("is a difference to record " + stored(base));
    assertThat(store.missing(RecordType.CHUNK, List.of(base.digest(), tuned.digest()))).hasSize(2);
    assertThat(new Scanned().damage)
        .extracting(PackDamage::record)
        .containsExactlyInAnyOrder(Optional.of(stored(base)), Optional.of(stored(tuned)));
    put(base);
    assertReads(base, tuned);
    reopen(true);
    assertReads(base, tuned);
  }

  @Test
  void aDamagedDifferenceIsPutAgain() throws IOException {
    Chunk base = weights(1);
    Chunk tuned = tuned(base, 2, base);
    for (int offset : new int[] {1, 10, 50, 90, 120}) {
      put(base);
      put(tuned);
      flip(tuned, offset);
      try {
        assertThat(store.getAll(RecordType.CHUNK, List.of(tuned.digest()))).isEmpty();
      } catch (ChunkDamagedException e) {
        assertThat(e).hasMessageContaining("damaged");
      }
      assertThat(new Scanned().damage).isNotEmpty();
      assertThat(store.missing(RecordType.CHUNK, List.of(base.digest(), tuned.digest())))
          .containsExactly(tuned.digest());
      put(tuned);
      assertReads(base, tuned);
    }
  }

  @Test
  void aBaseIsNotCollectedBeforeWhatNeedsIt() throws IOException {
    Chunk base = weights(1);
    Chunk tuned = tuned(base, 2, base);
    put(base);
    put(tuned);
    reopen(true);
    collector.beginMarking();
    assertThat(collector.mark(RecordType.CHUNK, List.of(tuned.digest()))).isEmpty();
    assertThat(collector.records().hideUnmarked(ledger.keySet())).isEmpty();
    collector.records().endMarking();
    assertReads(base, tuned);
  }

  @Test
  void rescuingADifferenceShowsItsBaseToo() throws IOException {
    Chunk base = weights(1);
    Chunk tuned = tuned(base, 2, base);
    put(base);
    put(tuned);
    reopen(true);
    collector.beginMarking();
    Map<PackId, int[]> hidden = collector.records().hideUnmarked(ledger.keySet());
    assertThat(hidden.values().stream().mapToInt(offsets -> offsets.length).sum()).isEqualTo(2);
    assertThat(collector.mark(RecordType.CHUNK, List.of(tuned.digest())))
        .containsExactly(tuned.digest());
    Map<PackId, int[]> shown = collector.rescue(RecordType.CHUNK, List.of(tuned.digest()));
    assertThat(shown.values().stream().mapToInt(offsets -> offsets.length).sum()).isEqualTo(2);
    collector.records().endMarking();
    assertReads(base, tuned);
  }

  @Test
  void aChunkWhoseBaseIsHiddenIsMissingAndIsStoredAnewWithoutIt() throws IOException {
    Chunk base = weights(1);
    Chunk tuned = tuned(base, 2, base);
    put(base);
    commit(store.seal());
    PackId packOfBase = ledger.keySet().iterator().next();
    put(tuned);
    collector.beginMarking();
    assertThat(collector.records().hideUnmarked(Set.of(packOfBase))).hasSize(1);
    collector.records().endMarking();
    assertThat(store.missing(RecordType.CHUNK, List.of(tuned.digest()))).hasSize(1);
    assertThat(store.getAll(RecordType.CHUNK, List.of(tuned.digest()))).hasSize(1);
    put(tuned);
    assertThat(store.missing(RecordType.CHUNK, List.of(tuned.digest()))).isEmpty();
    assertThat(new Scanned().damage).isEmpty();
  }
}
