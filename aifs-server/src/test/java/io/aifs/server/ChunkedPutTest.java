package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.Compressed;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.ChunkedPut;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutResult;
import io.aifs.server.file.MemoryDisk;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks that an upload counts on while the store is collected, shared or dropped. */
class ChunkedPutTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path directory;
  private final MemoryDisk disk = new MemoryDisk();
  private final Random random = new Random(SeededTest.seed());
  private CollectedStore store;
  private NamespaceRow space;

  @BeforeEach
  void open() throws IOException {
    store = CollectedStore.open(directory, disk, 100_000, random, CLOCK);
    space = store.createNamespace("one");
  }

  @AfterEach
  void checkAndClose() throws IOException {
    assertThat(store.damage()).isEmpty();
    store.close();
  }

  private byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return content;
  }

  private List<byte[]> cut(byte[] content) {
    Chunker chunker = new Chunker(space.chunker());
    List<byte[]> chunks = new ArrayList<>();
    int length;
    for (int at = 0;
        (length = chunker.cut(content, at, content.length - at, true)) > 0;
        at += length) {
      chunks.add(Arrays.copyOfRange(content, at, at + length));
    }
    return chunks;
  }

  private static List<Digest> digests(List<byte[]> chunks) {
    return chunks.stream().map(Digest::of).toList();
  }

  private ChunkedPut begin() {
    PutHeader header =
        new PutHeader(AssetKind.BLOB, Map.of(), List.of(), new byte[0], Optional.empty());
    return store.assets.beginChunks(space, header, true);
  }

  private static void send(ChunkedPut put, List<byte[]> chunks) {
    for (byte[] chunk : chunks) {
      put.send(new Compressed(Codec.STORED, chunk, 0, chunk.length), chunk.length);
    }
  }

  private static void claim(ChunkedPut put, List<byte[]> chunks) {
    for (byte[] chunk : chunks) {
      put.claim(Digest.of(chunk), chunk.length);
    }
  }

  private PutResult putWhole(byte[] content) {
    try (ChunkedPut put = begin()) {
      send(put, cut(content));
      return put.finish(Digest.of(content), Optional.empty());
    }
  }

  private void delete(byte[] content) {
    store.deletes.delete(space, Digest.of(content), true, "test", "", Optional.empty());
  }

  private void collect() {
    store.collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);
  }

  private List<Digest> missing(List<byte[]> chunks) {
    return List.copyOf(store.assets.missingChunks(space, digests(chunks), true));
  }

  @Test
  void whatAnUploadWasToldIsThereStaysThoughItIsCondemned() {
    byte[] content = content(300_000);
    List<byte[]> chunks = cut(content);
    putWhole(content);
    try (ChunkedPut put = begin()) {
      assertThat(put.ask(digests(chunks))).isEmpty();
      delete(content);
      collect();
      assertThat(missing(chunks)).as("others are to send it").hasSameSizeAs(chunks);

      claim(put, chunks);

      assertThat(put.finish(Digest.of(content), Optional.empty()).tally().newChunks()).isZero();
    }
    collect();
    assertThat(store.read(space, Digest.of(content))).isEqualTo(content);
  }

  @Test
  void whatIsCollectedAfterItWasAskedAboutOutsideIsToBeSent() {
    byte[] content = content(300_000);
    List<byte[]> chunks = cut(content);
    putWhole(content);
    assertThat(missing(chunks)).isEmpty();
    delete(content);
    collect();

    try (ChunkedPut put = begin()) {
      AifsException failure =
          catchThrowableOfType(
              AifsException.class,
              () -> {
                claim(put, chunks);
                put.finish(Digest.of(content), Optional.empty());
              });
      assertThat(failure).isInstanceOf(AifsException.Precondition.class);
      assertThat(failure.reason()).isEqualTo(Reason.CHUNK_NOT_HELD);
    }
    assertThat(putWhole(content).tally().newChunks()).isEqualTo(chunks.size());
    assertThat(store.read(space, Digest.of(content))).isEqualTo(content);
  }

  @Test
  void claimsAndChunksInAnyMixtureMakeTheSameAsset() {
    byte[] content = content(400_000);
    List<byte[]> chunks = cut(content);
    try (ChunkedPut first = begin()) {
      send(first, chunks);
    }
    for (int round = 0; round < 20; round++) {
      try (ChunkedPut put = begin()) {
        for (byte[] chunk : chunks) {
          if (random.nextBoolean()) {
            send(put, List.of(chunk));
          } else {
            claim(put, List.of(chunk));
          }
        }
        PutResult result = put.finish(Digest.of(content), Optional.empty());
        assertThat(result.tally().chunks()).isEqualTo(chunks.size());
        assertThat(result.tally().newChunks()).isZero();
      }
    }
    assertThat(store.read(space, Digest.of(content))).isEqualTo(content);
  }

  @Test
  void whereTheDomainIsSharedEverythingIsMissingAndNothingCanBeClaimed() {
    byte[] content = content(100_000);
    List<byte[]> chunks = cut(content);
    putWhole(content);
    assertThat(missing(chunks)).isEmpty();

    store.createNamespace("two"); // in the same domain

    assertThat(missing(chunks)).hasSameSizeAs(chunks);
    try (ChunkedPut put = begin()) {
      assertThat(put.ask(digests(chunks))).hasSameSizeAs(chunks);
      AifsException failure =
          catchThrowableOfType(
              AifsException.class,
              () -> {
                claim(put, chunks);
                put.finish(Digest.of(content), Optional.empty());
              });
      assertThat(failure.reason()).isEqualTo(Reason.CHUNK_NOT_HELD);
    }
  }

  @Test
  void contentThatWasCutInAnotherWayIsReadFromTheNewChunksIfDamageIsKnown() throws IOException {
    byte[] content = content(100_000);
    try (ChunkedPut put = begin()) {
      for (int at = 0; at < content.length; at += 1_000) {
        send(put, List.of(Arrays.copyOfRange(content, at, at + 1_000)));
      }
      var _ = put.finish(Digest.of(content), Optional.empty());
    }
    byte[] before = chunkList(content);
    var _ = putWhole(content);
    assertThat(chunkList(content)).isEqualTo(before);

    PackId pack = store.catalog.read(reader -> reader.ledger().packs()).getFirst().id();
    DamagedRecord damage = new DamagedRecord(pack, 100, Digest.of(content), true, "a test says so");
    boolean known =
        store.catalog.write(
            writer -> {
              writer.damage().add(List.of(damage), Instant.EPOCH);
              return !writer.damage().packs().isEmpty();
            });
    var _ = putWhole(content);

    assertThat(known).isTrue();
    assertThat(chunkList(content)).isNotEqualTo(before);
    assertThat(store.read(space, Digest.of(content))).isEqualTo(content);
  }

  private byte[] chunkList(byte[] content) {
    return store
        .catalog
        .read(reader -> reader.assets().find(space.number(), Digest.of(content)))
        .orElseThrow()
        .manifest();
  }

  @Test
  void whatABrokenUploadSentOutlastsACrash() throws IOException {
    List<byte[]> chunks = cut(content(300_000));
    try (ChunkedPut put = begin()) {
      send(put, chunks);
    }
    store.drop();

    store = CollectedStore.open(directory, disk, 100_000, random, CLOCK);
    space = store.catalog.read(reader -> reader.namespaces().find(new Name("one"))).orElseThrow();

    assertThat(missing(chunks)).isEmpty();
  }
}
