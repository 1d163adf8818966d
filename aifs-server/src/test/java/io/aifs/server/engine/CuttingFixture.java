package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.Compressed;
import io.aifs.core.manifest.ChunkCursor;
import io.aifs.core.manifest.ChunkRef;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.Chunk;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes content in each of the ways there are, into chunk stores that are looked into. */
final class CuttingFixture {
  private static final NamespaceRow NAMESPACE =
      new NamespaceRow(
          1,
          Name.DEFAULT_NAMESPACE,
          "",
          Instant.EPOCH,
          Map.of(),
          DomainId.parse("d0".repeat(16)),
          ChunkerParameters.DEFAULT);

  private final Map<Digest, AssetRow> rows = new HashMap<>();
  private MemoryChunkStore store = new MemoryChunkStore();
  private int opened;

  /** How an upload hands over a chunk. */
  enum Handing {
    SENT,
    CLAIMED
  }

  /** What the store was told of the numbers in chunks. */
  Map<Digest, Chunk.Numbers> numbers() {
    return store.numbers();
  }

  /** How often an asset was opened to look for bases. */
  int opened() {
    return opened;
  }

  ContentCutting cutting(boolean readsAll) {
    return new ContentCutting(NumberedContent.FINDER, NAMESPACE, this::open, readsAll);
  }

  private ContentReader open(Digest id) {
    opened++;
    AssetRow row = rows.get(id);
    if (row == null) {
      throw new AifsException.NotFound(Reason.ASSET_NOT_FOUND, "no asset " + id, "put it");
    }
    return new ContentReader(row, store, Runnable::run);
  }

  /** The chunks of what was put. */
  List<ChunkRef> chunks(Digest id) throws IOException {
    ContentReader reader = open(id);
    ChunkCursor cursor = reader.chunks(0, reader.info().size());
    List<ChunkRef> chunks = new ArrayList<>();
    for (Optional<ChunkRef> next = cursor.next(); next.isPresent(); next = cursor.next()) {
      chunks.add(next.get());
    }
    return chunks;
  }

  /** Loses all chunks, but not which assets there are. */
  void lose() {
    store = new MemoryChunkStore();
  }

  static List<ParentEdge> edges(List<Digest> parents) {
    return parents.stream().map(parent -> new ParentEdge(parent, "tune", "")).toList();
  }

  private Digest keep(Digest id, long size, byte[] manifest) {
    rows.put(
        id,
        new AssetRow(id, AssetKind.BLOB, size, Instant.EPOCH, 1, false, false, manifest, Map.of()));
    return id;
  }

  private Digest keep(WrittenContent content) {
    return keep(content.id(), content.size(), content.manifest());
  }

  /** As PutAsset does, {@code piece} bytes at a time. */
  Digest write(byte[] content, List<Digest> parents, int batchBytes, int piece) throws IOException {
    ContentCutting cutting = cutting(true);
    ContentWriter writer =
        new ContentWriter(
            store, cutting.cutter(), cutting.bases(edges(parents)), Runnable::run, batchBytes);
    for (int at = 0; at < content.length; at += piece) {
      writer.write(content, at, Math.min(piece, content.length - at));
    }
    return keep(writer.finish());
  }

  Digest write(byte[] content, Digest... parents) throws IOException {
    return write(content, List.of(parents), 1 << 20, 1 << 16);
  }

  /** As PutFiles does. */
  Digest file(byte[] content, boolean readsAll, Digest... parents) throws IOException {
    SmallFiles files = new SmallFiles(store, cutting(readsAll));
    files.add(
        new FilePut(
            new TreePath("file"),
            new FilePut.What.Data(content),
            FileAttributes.PLAIN_FILE,
            AssetKind.BLOB,
            Map.of(),
            edges(List.of(parents))));
    files.store();
    StagedAsset staged = files.staged().getFirst();
    return keep(staged.id(), staged.size(), staged.manifest());
  }

  /** As PutChunks does with chunks of these lengths. */
  Digest assemble(
      byte[] content,
      List<Integer> lengths,
      List<Handing> handing,
      int batchBytes,
      Digest... parents)
      throws IOException {
    ContentCutting cutting = cutting(true);
    ChunkAssembler assembler =
        new ChunkAssembler(
            store,
            new ClaimedChunks(new HeldChunks(NAMESPACE, store, true)),
            cutting.regions(),
            cutting.bases(edges(List.of(parents))),
            Runnable::run,
            batchBytes);
    int at = 0;
    for (int i = 0; i < lengths.size(); i++) {
      byte[] chunk = Arrays.copyOfRange(content, at, at + lengths.get(i));
      at += chunk.length;
      if (handing.get(i) == Handing.SENT) {
        assembler.send(chunk, new Compressed(Codec.STORED, chunk, 0, chunk.length));
      } else {
        assembler.claim(Digest.of(chunk), chunk.length);
      }
    }
    return keep(assembler.finish());
  }
}
