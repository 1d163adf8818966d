package io.aifs.server.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecordType;
import io.aifs.server.file.Disk;
import io.aifs.server.file.FaultyDisk;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dictionaries over packs on a disk: made, used, found again, lost. */
class DictionariesTest {
  private static final DomainId DOMAIN = DomainId.parse("0d".repeat(16));
  private static final int FIRST_BYTES = 200_000;

  private final MemoryDisk disk = new MemoryDisk();
  private final Map<PackId, LivePack> ledger = new TreeMap<>();
  private final AtomicInteger packs = new AtomicInteger();
  private SealedChunkStore store = open();

  private SealedChunkStore open() {
    return open(disk);
  }

  private SealedChunkStore open(Disk disk) {
    PackStore records =
        PackStore.open(
            disk,
            DOMAIN,
            List.copyOf(ledger.values()),
            new PackHeaderInfo(1, "local:test"),
            PackOptions.DEFAULT,
            () -> new PackId("%032x".formatted(packs.incrementAndGet())),
            Clock.systemUTC());
    byte[] key = new byte[DomainKeys.KEY_BYTES];
    Arrays.fill(key, (byte) 7);
    return new SealedChunkStore(
        records,
        records.copies(),
        DomainKeys.of(DOMAIN, Map.of(1, key), key),
        new ChunkCipher(RandomBytes.secure()),
        new ChunkCompressor(),
        new DictionaryPlan(FIRST_BYTES),
        RoomGate.OPEN);
  }

  @BeforeEach
  void makeADictionary() throws IOException {
    put(SourceText.chunks(300, 1));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private long put(List<Chunk> chunks) throws IOException {
    long bytes = store.putAll(RecordType.CHUNK, chunks).storedBytes();
    commit(store.sync());
    return bytes;
  }

  private void commit(List<LivePack> synced) {
    synced.forEach(pack -> ledger.put(pack.id(), pack));
    store.recorded(synced);
  }

  private void reopen() throws IOException {
    commit(store.seal());
    store.close();
    store = open();
  }

  private static List<Digest> digests(Collection<Chunk> chunks) {
    return chunks.stream().map(Chunk::digest).toList();
  }

  private void assertReads(List<Chunk> chunks) throws IOException {
    Map<Digest, byte[]> found = store.getAll(RecordType.CHUNK, digests(chunks));
    for (Chunk chunk : chunks) {
      assertThat(found.get(chunk.digest())).isEqualTo(chunk.bytes());
    }
  }

  private record Place(PackId pack, long position) {}

  /** What a scan without opening finds. */
  private final class Scanned implements RecordVisitor {
    final List<Place> dictionaries = new ArrayList<>();
    final List<Integer> codecs = new ArrayList<>();
    final List<PackDamage> damage = new ArrayList<>();

    Scanned() throws IOException {
      store.scan(false, this);
    }

    @Override
    public void record(PackId pack, long position, PackRecord record) {
      if (record.type() == RecordType.DICTIONARY) {
        dictionaries.add(new Place(pack, position));
      } else {
        codecs.add(record.codec());
      }
    }

    @Override
    public void damage(PackDamage found) {
      damage.add(found);
    }
  }

  /** Changes a byte in the middle of a record. */
  private void damage(Place place) throws IOException {
    String hex = place.pack().hex();
    String name = "packs/" + hex.substring(0, 2) + "/" + hex + ".pack";
    FlippedBit.in(disk, name, place.position() + 100);
  }

  @Test
  void smallChunksAreStoredInLessSpaceOnceThereIsOne() throws IOException {
    List<Chunk> chunks = SourceText.chunks(100, 2);
    long with = put(chunks);
    long without = 0;
    try (ChunkCompressor compressor = new ChunkCompressor()) {
      for (Chunk chunk : chunks) {
        without +=
            compressor.compress(chunk.bytes(), 0, chunk.length()).length()
                + ChunkCipher.OVERHEAD_BYTES;
      }
    }
    assertThat(with).isLessThan(without * 2 / 3);
    assertReads(chunks);
  }

  @Test
  void itHasTwoCopiesInDifferentPacksAndIsMadeOnce() throws IOException {
    put(SourceText.chunks(300, 3));
    Scanned scanned = new Scanned();
    assertThat(scanned.dictionaries).extracting(Place::pack).doesNotHaveDuplicates().hasSize(2);
    assertThat(scanned.codecs).containsOnly(1, 16);
    assertThat(scanned.damage).isEmpty();
  }

  @Test
  void itIsFoundAgainByWhoKnowsPacksAndKeysOnly() throws IOException {
    List<Chunk> chunks = SourceText.chunks(50, 2);
    put(chunks);
    reopen();
    assertReads(chunks);
    put(SourceText.chunks(50, 4));
    assertThat(new Scanned().codecs.stream().filter(codec -> codec == 16).count()).isEqualTo(100);
  }

  @Test
  void theNextOnesComeWithMoreContent() throws IOException {
    put(otherText(600, 6));
    List<Chunk> later = otherText(20, 7);
    put(later);
    assertThat(new Scanned().codecs).contains(16, 17).doesNotContain(18);
    reopen();
    assertReads(later);
    assertReads(SourceText.chunks(300, 1));
  }

  /** Chunks that have nothing in common with {@link SourceText}'s. */
  private static List<Chunk> otherText(int count, long seed) {
    return SourceText.chunks(count, seed).stream()
        .map(
            chunk -> {
              byte[] bytes = chunk.bytes().clone();
              for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (0xFF - bytes[i] * 7);
              }
              return Chunk.of(bytes);
            })
        .toList();
  }

  @Test
  void aDamagedCopyIsWrittenAnewByAScan() throws IOException {
    List<Chunk> chunks = SourceText.chunks(50, 2);
    put(chunks);
    List<Place> copies = new Scanned().dictionaries;
    damage(copies.getFirst());
    reopen();
    assertReads(chunks);
    assertThat(new Scanned().damage).hasSize(1);
    damage(copies.getLast());
    reopen();
    assertThat(new Scanned().dictionaries).hasSize(1).doesNotContainAnyElementsOf(copies);
    assertReads(chunks);
  }

  @Test
  void withBothCopiesLostItsChunksAreDamagedAndNoOthers() throws IOException {
    List<Chunk> chunks = SourceText.chunks(50, 2);
    put(chunks);
    for (Place copy : new Scanned().dictionaries) {
      damage(copy);
    }
    reopen();
    assertThatThrownBy(() -> assertReads(chunks))
        .isInstanceOf(ChunkDamagedException.class)
        .hasMessageContaining("dictionary");
    assertReads(SourceText.chunks(300, 1));
    assertThat(new Scanned().damage).hasSize(2 + chunks.size());
    assertThat(store.missing(RecordType.CHUNK, digests(chunks))).hasSize(chunks.size());
    put(chunks);
    assertReads(chunks);
  }

  /** A disk that fails now may read later: that is no reason to give chunks up. */
  @Test
  void aDiskThatFailsForNowLosesNothing() throws IOException {
    List<Chunk> chunks = SourceText.chunks(50, 2);
    List<Chunk> meanwhile = SourceText.chunks(50, 3);
    put(chunks);
    store.close();
    FaultyDisk faulty = new FaultyDisk(disk);
    store = open(faulty);
    assertThat(store.missing(RecordType.CHUNK, digests(chunks))).isEmpty();
    faulty.failAll(FaultyDisk.Operation.READ);
    put(meanwhile);
    assertThatThrownBy(() -> assertReads(chunks)).isInstanceOf(IOException.class);
    faulty.heal();
    assertReads(chunks);
    assertReads(meanwhile);
    Scanned scanned = new Scanned();
    assertThat(scanned.damage).isEmpty();
    assertThat(scanned.codecs.stream().filter(codec -> codec == 16).count()).isEqualTo(50);
  }

  /** Chunks do not come to depend on a dictionary that could not be synced. */
  @Test
  void aDictionaryThatCannotBeSyncedIsNotUsed() throws IOException {
    List<Chunk> first = SourceText.chunks(300, 11);
    List<Chunk> later = SourceText.chunks(50, 12);
    store.close();
    MemoryDisk empty = new MemoryDisk();
    ledger.clear();
    FaultyDisk faulty = new FaultyDisk(empty);
    store = open(faulty);
    faulty.failAll(FaultyDisk.Operation.SYNC);
    store.putAll(RecordType.CHUNK, first);
    faulty.heal();
    put(first); // what was not synced is missing again
    put(later);
    assertThat(new Scanned().codecs).containsOnly(1);
    store.close();
    store = open(empty);
    assertReads(first);
    assertReads(later);
    assertThat(new Scanned().damage).isEmpty();
  }

  /** A dictionary counts when it is on disk: chunks do not depend on one that a crash takes. */
  @Test
  void afterACrashEveryRecordedChunkReads() throws IOException {
    List<Chunk> chunks = SourceText.chunks(50, 2);
    put(chunks);
    store.putAll(RecordType.CHUNK, SourceText.chunks(50, 9)); // and is not synced
    store.close();
    store = open();
    assertReads(chunks);
    assertReads(SourceText.chunks(300, 1));
    assertThat(new Scanned().damage).isEmpty();
  }

  @Test
  void eachTrialTakesFourTimesAsMuchAsTheOneBefore() {
    assertThat(new DictionaryPlan(10).isDue(0, 9)).isFalse();
    assertThat(new DictionaryPlan(10).isDue(0, 10)).isTrue();
    assertThat(new DictionaryPlan(10).isDue(1, 39)).isFalse();
    assertThat(new DictionaryPlan(10).isDue(1, 40)).isTrue();
    assertThat(new DictionaryPlan(10).isDue(11, Long.MAX_VALUE)).isTrue();
    assertThat(new DictionaryPlan(10).isDue(12, Long.MAX_VALUE)).isFalse();
  }
}
