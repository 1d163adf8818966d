package io.aifs.server.chunk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecordType;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordCopies;
import io.aifs.server.pack.RecordStore;
import io.aifs.server.pack.RecordStores;
import io.aifs.server.pack.RecordVisitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealedChunkStoreTest extends ChunkStoreContract {
  private static final DomainId DOMAIN = DomainId.parse("00112233445566778899aabbccddeeff");

  @Override
  protected ChunkStore open() {
    return over(RecordStores.inMemory(), 1);
  }

  private static SealedChunkStore over(RecordStore records, int key) {
    byte[] epochKey = new byte[DomainKeys.KEY_BYTES];
    Arrays.fill(epochKey, (byte) key);
    byte[] chunkIdKey = new byte[DomainKeys.KEY_BYTES];
    Arrays.fill(chunkIdKey, (byte) (key + 100));
    return new SealedChunkStore(
        records,
        RecordCopies.NONE,
        DomainKeys.of(DOMAIN, Map.of(1, epochKey), chunkIdKey),
        new ChunkCipher(RandomBytes.secure()),
        new ChunkCompressor(),
        DictionaryPlan.DEFAULT,
        RoomGate.OPEN);
  }

  @Test
  void recordsTellNeitherContentNorDigest() throws IOException {
    RecordStore records = RecordStores.inMemory();
    Chunk chunk = noise(5_000);
    over(records, 1).putAll(RecordType.CHUNK, List.of(chunk));
    assertThat(records.missing(List.of(chunk.digest()))).containsExactly(chunk.digest());
    for (PackRecord record : all(records)) {
      assertThat(record.payload()).hasSize(chunk.length() + ChunkCipher.OVERHEAD_BYTES);
      assertThat(new String(record.payload(), ISO_8859_1))
          .doesNotContain(new String(chunk.bytes(), 100, 20, ISO_8859_1));
    }
  }

  @Test
  void anotherDomainsChunkIdKeyFindsNothing() throws IOException {
    RecordStore records = RecordStores.inMemory();
    Chunk chunk = noise(5_000);
    over(records, 1).putAll(RecordType.CHUNK, List.of(chunk));
    assertThat(over(records, 2).missing(RecordType.CHUNK, List.of(chunk.digest()))).hasSize(1);
  }

  @Test
  void aRecordUnderAnotherIdIsDamageAndNeverWrongBytes() throws IOException {
    RecordStore honest = RecordStores.inMemory();
    Chunk chunk = noise(5_000);
    Chunk other = noise(6_000);
    SealedChunkStore store = over(honest, 1);
    store.putAll(RecordType.CHUNK, List.of(chunk));
    PackRecord record = all(honest).getFirst();

    RecordStore swapped = RecordStores.inMemory();
    Digest otherId = storedId(other);
    swapped.append(
        List.of(
            new PackRecord(
                record.type(),
                otherId,
                record.codec(),
                record.epoch(),
                record.plainBytes(),
                record.payload())));
    SealedChunkStore victim = over(swapped, 1);
    assertThatThrownBy(() -> victim.getAll(RecordType.CHUNK, List.of(other.digest())))
        .isInstanceOf(ChunkDamagedException.class)
        .hasMessageContaining("seal is broken");
    List<PackDamage> damage = new ArrayList<>();
    victim.scan(true, collecting(new ArrayList<>(), damage));
    assertThat(damage).hasSize(1);
  }

  private static Digest storedId(Chunk chunk) throws IOException {
    RecordStore scratch = RecordStores.inMemory();
    over(scratch, 1).putAll(RecordType.CHUNK, List.of(chunk));
    return all(scratch).getFirst().id();
  }

  private static List<PackRecord> all(RecordStore records) throws IOException {
    List<PackRecord> found = new ArrayList<>();
    records.scan(collecting(found, new ArrayList<>()));
    return found;
  }

  private static RecordVisitor collecting(List<PackRecord> records, List<PackDamage> damage) {
    return new RecordVisitor() {
      @Override
      public void record(PackId pack, long position, PackRecord record) {
        records.add(record);
      }

      @Override
      public void damage(PackDamage found) {
        damage.add(found);
      }
    };
  }
}
