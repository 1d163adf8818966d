package io.aifs.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.manifest.ManifestBuilder;
import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.chunk.ChunkSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RangesReaderTest {
  private static final int ASSET_BYTES = 100_000;

  private final Chunks chunks = new Chunks();
  private final List<String> taken = new ArrayList<>();
  private final Map<Integer, ByteArrayOutputStream> bytes = new HashMap<>();

  /** Chunks in memory that remembers what it was asked for, and of which some are damaged. */
  private static final class Chunks implements ChunkSource {
    private final MemoryChunkStore store = new MemoryChunkStore();
    private final Set<Digest> damaged = new HashSet<>();
    private final List<Set<Digest>> reads = new ArrayList<>();
    private Optional<IOException> failure = Optional.empty();

    @Override
    public Set<Digest> missing(RecordType type, Collection<Digest> digests) {
      return store.missing(type, digests);
    }

    @Override
    public Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests)
        throws IOException {
      reads.add(Set.copyOf(digests));
      if (failure.isPresent()) {
        throw failure.get();
      }
      for (Digest digest : digests) {
        if (damaged.contains(digest)) {
          throw new ChunkDamagedException(digest, "its seal is broken", null);
        }
      }
      return store.getAll(type, digests);
    }
  }

  /** An asset of one chunk, whose bytes are all the same. */
  private Digest asset(int value) {
    byte[] content = new byte[ASSET_BYTES];
    Arrays.fill(content, (byte) value);
    Chunk chunk = Chunk.of(content);
    chunks.store.putAll(RecordType.CHUNK, List.of(chunk));
    return chunk.digest();
  }

  @Test
  void onlyLongReadsOfOneAssetGoPastTheCache() throws IOException {
    byte[] content = new byte[5 << 20];
    Arrays.fill(content, 0, ASSET_BYTES, (byte) 1);
    Digest first = Digest.of(content, 0, ASSET_BYTES);
    Digest other = Digest.of(content, ASSET_BYTES, ASSET_BYTES);
    Digest id = Digest.of(content);
    Chunks direct = new Chunks();
    ContentReader reader =
        new ContentReader(
            row(id, content.length, manifest(content, direct)), chunks, direct, Runnable::run);
    reader.read(7, 4_096, (bytes, offset, length) -> assertThat(length).isEqualTo(4_096));
    assertThat(chunks.reads).anyMatch(read -> read.contains(first));
    assertThat(direct.reads).isEmpty();
    reader.read(0, content.length, (bytes, offset, length) -> assertThat(length).isPositive());
    assertThat(chunks.reads).noneMatch(read -> read.contains(other));
    assertThat(direct.reads).anyMatch(read -> read.contains(other));
  }

  /** The manifest of content whose chunks are stored here and there, and its pages here. */
  private byte[] manifest(byte[] content, Chunks there) throws IOException {
    ManifestBuilder manifest =
        new ManifestBuilder(
            page -> {
              Chunk chunk = new Chunk(page.digest(), page.bytes(), 0, page.bytes().length);
              chunks.store.putAll(RecordType.MANIFEST_PAGE, List.of(chunk));
            });
    for (int at = 0; at < content.length; at += ASSET_BYTES) {
      int length = Math.min(ASSET_BYTES, content.length - at);
      Chunk chunk = new Chunk(Digest.of(content, at, length), content, at, length);
      chunks.store.putAll(RecordType.CHUNK, List.of(chunk));
      there.store.putAll(RecordType.CHUNK, List.of(chunk));
      manifest.add(chunk.digest(), length);
    }
    Hasher hasher = new Hasher();
    hasher.update(content, 0, content.length);
    Digest id = hasher.finish();
    manifest.addChainingValues(hasher.takeGroupChainingValues(true));
    return manifest.finish(id);
  }

  private static AssetRow row(Digest id, long size, byte[] manifest) {
    return new AssetRow(
        id, AssetKind.BLOB, size, Instant.EPOCH, 1, true, false, manifest, Map.of());
  }

  private void read(ContentRange... ranges) throws IOException {
    List<AssetRow> rows = new ArrayList<>();
    for (ContentRange range : ranges) {
      rows.add(row(range.asset(), ASSET_BYTES, new byte[0]));
    }
    read(rows, ranges);
  }

  private void read(List<AssetRow> rows, ContentRange... ranges) throws IOException {
    Map<Digest, ContentReader> found = new HashMap<>();
    for (AssetRow row : rows) {
      found.put(row.id(), new ContentReader(row, chunks, Runnable::run));
    }
    RangePlan plan = new RangePlan(List.of(ranges), found, Map.of());
    new RangesReader(plan, chunks, Runnable::run).read(new Noting());
  }

  private byte[] bytes(int range) {
    return bytes.getOrDefault(range, new ByteArrayOutputStream()).toByteArray();
  }

  private final class Noting implements RangesReader.Sink {
    @Override
    public void piece(RangesReader.Piece piece) {
      taken.add(piece.range() + (piece.last() ? " ends" : " goes on"));
      bytes
          .computeIfAbsent(piece.range(), _ -> new ByteArrayOutputStream())
          .write(piece.bytes(), piece.offset(), piece.length());
    }

    @Override
    public void failed(int range, AifsException why) {
      taken.add(range + " " + why.reason());
    }
  }

  private static ContentRange range(Digest asset, long offset, long length) {
    return new ContentRange(asset, offset, Optional.of(length));
  }

  @Test
  void aChunkIsReadOnceForAllRangesThatNeedIt() throws IOException {
    Digest first = asset(1);
    Digest second = asset(2);
    read(range(first, 0, 10), range(second, 7, 5), range(first, 99_990, 50), range(first, 5, 0));
    assertThat(chunks.reads).containsExactly(Set.of(first, second));
    assertThat(taken).containsExactly("0 ends", "1 ends", "2 ends", "3 ends");
    assertThat(bytes(1)).containsExactly(2, 2, 2, 2, 2);
    assertThat(bytes(2)).hasSize(10);
    assertThat(bytes(3)).isEmpty();
  }

  @Test
  void noMoreIsReadAtATimeThanABatch() throws IOException {
    List<ContentRange> ranges = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ranges.add(range(asset(i), 0, 1));
    }
    read(ranges.toArray(ContentRange[]::new));
    int most = RangesReader.BATCH_BYTES / ASSET_BYTES + 1;
    assertThat(chunks.reads).hasSize((100 + most - 1) / most);
    assertThat(chunks.reads).allMatch(digests -> digests.size() <= most);
    assertThat(taken).hasSize(100);
  }

  @Test
  void damageEndsTheRangesThatMeetItAndNoOthers() throws IOException {
    Digest well = asset(1);
    Digest damaged = asset(2);
    Digest missing = Digest.of(new byte[] {7});
    chunks.damaged.add(damaged);
    read(range(well, 0, 3), range(damaged, 0, 3), range(missing, 0, 3), range(well, 5, 4));
    assertThat(taken)
        .containsExactly(
            "0 ends", "1 " + Reason.CHUNK_DAMAGED, "2 " + Reason.CHUNK_MISSING, "3 ends");
    assertThat(bytes(3)).containsExactly(1, 1, 1, 1);
  }

  @Test
  void whatComesBeforeDamageIsGivenAndNothingBehindIt() throws IOException {
    Digest well = asset(1);
    Digest damaged = asset(2);
    chunks.damaged.add(damaged);
    ManifestBuilder manifest =
        new ManifestBuilder(
            page -> chunks.store.putAll(RecordType.MANIFEST_PAGE, List.of(Chunk.of(page.bytes()))));
    Hasher hasher = new Hasher();
    for (int i = 0; i < 50; i++) {
      manifest.add(i == 1 ? damaged : well, ASSET_BYTES);
      byte[] content = new byte[ASSET_BYTES];
      Arrays.fill(content, (byte) (i == 1 ? 2 : 1));
      hasher.update(content, 0, content.length);
    }
    manifest.addChainingValues(hasher.takeGroupChainingValues(true));
    Digest id = hasher.finish();
    AssetRow large = row(id, 50 * ASSET_BYTES, manifest.finish(id));
    read(
        List.of(large, row(well, ASSET_BYTES, new byte[0])),
        range(id, 10, 49 * ASSET_BYTES),
        range(well, 5, 4));
    assertThat(taken).containsExactly("0 goes on", "0 " + Reason.CHUNK_DAMAGED, "1 ends");
    assertThat(bytes(0)).hasSize(ASSET_BYTES - 10);
    assertThat(bytes(1)).containsExactly(1, 1, 1, 1);
  }

  @Test
  void aDiskThatFailsEndsTheWholeRead() {
    Digest asset = asset(1);
    chunks.failure = Optional.of(new IOException("no such device"));
    assertThatThrownBy(() -> read(range(asset, 0, 3)))
        .isInstanceOf(AifsException.Unavailable.class)
        .hasMessageContaining("no such device");
    assertThat(taken).isEmpty();
  }
}
