package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.SourceText;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.file.FlippedBit;
import io.aifs.server.file.MemoryDisk;
import io.aifs.server.model.PackId;
import io.aifs.server.pack.PackDamage;
import io.aifs.server.pack.PackRecord;
import io.aifs.server.pack.RecordVisitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What collection and fsck make of the dictionary that a namespace's chunks need. */
class DictionaryCareTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path directory;
  private final MemoryDisk disk = new MemoryDisk();
  private CollectedStore store;
  private NamespaceRow space;

  private record Place(PackId pack, long position) {}

  @BeforeEach
  void open() throws IOException {
    reopen();
    space = store.createNamespace("one");
    put(text(400, 1));
  }

  private void reopen() throws IOException {
    store = CollectedStore.open(directory, disk, 100_000, new Random(), CLOCK);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private static byte[] text(int chunks, long seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Chunk chunk : SourceText.chunks(chunks, seed)) {
      out.writeBytes(chunk.bytes());
    }
    return out.toByteArray();
  }

  private Digest put(byte[] content) {
    PutHeader header =
        new PutHeader(AssetKind.BLOB, Map.of(), List.of(), new byte[0], Optional.empty());
    try (PutSession session = store.assets.beginPut(space, header)) {
      session.write(content, 0, content.length);
      return session.finish(Optional.empty()).id();
    }
  }

  private void delete(Digest id) {
    store.deletes.delete(space, id, true, "test", "", Optional.empty());
  }

  private List<Place> dictionaries() throws IOException {
    List<Place> found = new ArrayList<>();
    store
        .chunkStores
        .of(CollectedStore.DOMAIN)
        .scan(
            false,
            new RecordVisitor() {
              @Override
              public void record(PackId pack, long position, PackRecord record) {
                if (record.type() == RecordType.DICTIONARY) {
                  found.add(new Place(pack, position));
                }
              }

              @Override
              public void damage(PackDamage damage) {}
            });
    return found;
  }

  @Test
  void collectionKeepsItWhateverIsDeleted() throws IOException {
    byte[] kept = text(30, 2);
    Digest id = put(kept);
    delete(put(text(400, 1)));
    List<Place> before = dictionaries();
    assertThat(before).hasSize(2);
    store.collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);
    assertThat(dictionaries()).hasSize(2).isNotEqualTo(before); // compaction took them along
    assertThat(store.read(space, id)).isEqualTo(kept);
    delete(id);
    store.collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);
    assertThat(dictionaries()).hasSize(2);
    store.close();
    reopen();
    byte[] later = text(30, 3);
    assertThat(store.read(space, put(later))).isEqualTo(later);
    assertThat(dictionaries()).hasSize(2);
    assertThat(store.damage()).isEmpty();
  }

  @Test
  void fsckNamesWhatALostOneTouchesAndPuttingItAgainHeals() throws IOException {
    byte[] content = text(30, 2);
    Digest id = put(content);
    List<Place> copies = dictionaries();
    store.close();
    for (Place copy : copies) {
      damage(copy);
    }
    reopen();
    assertThat(store.damage())
        .anyMatch(finding -> finding.severity() == Finding.Severity.DAMAGE)
        .anyMatch(finding -> finding.toString().contains(id.hex()));
    put(content);
    assertThat(store.read(space, id)).isEqualTo(content);
    assertThat(store.damage()).isEmpty();
  }

  private void damage(Place place) throws IOException {
    String hex = place.pack().hex();
    String name = "packs/" + hex.substring(0, 2) + "/" + hex + ".pack";
    FlippedBit.in(disk, name, place.position() + 100);
  }
}
