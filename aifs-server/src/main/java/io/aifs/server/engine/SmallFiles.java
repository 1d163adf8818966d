package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ContentCutter;
import io.aifs.core.manifest.ManifestBuilder;
import io.aifs.core.manifest.Page;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.engine.payload.PayloadFinding;
import io.aifs.server.model.PutTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contents of one batch: cut and digested in place, stored in one call. Not thread-safe. */
final class SmallFiles {
  private final ChunkStore store;
  private final ContentCutting cutting;
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Chunk> pages = new ArrayList<>();
  private final List<Chunk> vectors = new ArrayList<>();
  private final List<StagedAsset> staged = new ArrayList<>();

  /** The files that came with data, in the order of {@link #staged}. */
  private final List<FilePut> contents = new ArrayList<>();

  private final Map<TreePath, Digest> ids = new HashMap<>();
  private PutTally stored = PutTally.NONE;

  SmallFiles(ChunkStore store, ContentCutting cutting) {
    this.store = store;
    this.cutting = cutting;
  }

  void add(FilePut file) throws IOException {
    if (file.what() instanceof FilePut.What.Data(byte[] data)) {
      ManifestBuilder manifest = new ManifestBuilder(this::addPage);
      cut(data, cutting.bases(file.parents()), manifest);
      Digest id = digest(data, manifest);
      ids.put(file.path(), id);
      contents.add(file);
      staged.add(
          new StagedAsset(
              id,
              file.kind(),
              data.length,
              manifest.finish(id),
              file.metadata(),
              file.parents(),
              Optional.empty(),
              false,
              PayloadFinding.UNCHECKED));
    }
  }

  private void cut(byte[] data, TensorBases bases, ManifestBuilder manifest) throws IOException {
    ContentCutter cutter = cutting.cutter();
    int length;
    for (int at = 0; (length = cutter.cut(data, at, data.length - at, true)) > 0; at += length) {
      Digest digest = Digest.of(data, at, length);
      Optional<Chunk.Numbers> numbers = bases.numbers(cutter.place(), digest, length);
      chunks.add(new Chunk(digest, data, at, length, Optional.empty(), numbers));
      manifest.add(digest, length);
    }
  }

  private Digest digest(byte[] data, ManifestBuilder manifest) throws IOException {
    if (manifest.chunkCount() == 1) {
      return chunks.getLast().digest();
    }
    Hasher hasher = new Hasher();
    hasher.update(data, 0, data.length);
    Digest id = hasher.finish();
    manifest.addChainingValues(hasher.groupChainingValues());
    return id;
  }

  private void addPage(Page page) {
    pages.add(new Chunk(page.digest(), page.bytes(), 0, page.bytes().length));
  }

  /**
   * Looks at what was added, whose vectors are stored with it.
   *
   * @throws AifsException.InvalidRequest if a content is not what its kind demands, and that is not
   *     allowed; or if there are more vectors than one put can bring
   */
  void inspect(NamespaceRow namespace, PayloadGate gate) throws IOException {
    for (int i = 0; i < contents.size(); i++) {
      FilePut file = contents.get(i);
      if (file.what() instanceof FilePut.What.Data(byte[] data)) {
        PayloadFinding finding =
            gate.inspect(namespace, file.kind(), data, file.path().value(), vectors::addAll);
        staged.set(i, staged.get(i).with(finding));
        requireFewVectors(vectors.size());
      }
    }
  }

  /**
   * Returns if a call can bring so many vectors in small files.
   *
   * @throws AifsException.InvalidRequest otherwise
   */
  static void requireFewVectors(long vectors) {
    if (vectors > Limits.EMBEDDING_PARTS_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "files.data",
          "the files have over " + Limits.EMBEDDING_PARTS_MAX + " vectors together",
          "split the call, or put each file by itself");
    }
  }

  /** Stores what was added; until then nothing is written. */
  void store() throws IOException {
    if (!chunks.isEmpty()) {
      stored = store.putAll(RecordType.CHUNK, chunks);
    }
    if (!vectors.isEmpty()) {
      var _ = store.putAll(RecordType.CHUNK, vectors);
    }
    if (!pages.isEmpty()) {
      stored =
          stored.plus(
              new PutTally(0, 0, store.putAll(RecordType.MANIFEST_PAGE, pages).storedBytes()));
    }
  }

  List<StagedAsset> staged() {
    return staged;
  }

  /** What is wrong with the contents of some, as far as somebody has looked. */
  Map<Digest, String> problems() {
    Map<Digest, String> problems = new HashMap<>();
    for (StagedAsset asset : staged) {
      if (!asset.payload().problem().isEmpty()) {
        problems.put(asset.id(), asset.payload().problem());
      }
    }
    return problems;
  }

  /** How many chunks there are, and what storing them did if it was done. */
  PutTally tally() {
    return new PutTally(chunks.size(), stored.newChunks(), stored.storedBytes());
  }

  /**
   * The same as it is answered.
   *
   * @param shared whether others put into the domain, of whose content the tally would tell
   */
  PutTally told(boolean shared) {
    return shared ? tally().told(chunks.stream().mapToLong(Chunk::length).sum()) : tally();
  }

  /** The id of a file that came with its data. */
  Digest id(FilePut file) {
    Digest id = ids.get(file.path());
    if (id == null) {
      throw new IllegalStateException("file came without data");
    }
    return id;
  }

  /** The asset of each file, in order; empty for links and directories. */
  List<Optional<Digest>> ids(List<FilePut> files) {
    return files.stream().map(this::assetOf).toList();
  }

  private Optional<Digest> assetOf(FilePut file) {
    return switch (file.what()) {
      case FilePut.What.Data _ -> Optional.of(id(file));
      case FilePut.What.Known(Digest id) -> Optional.of(id);
      case FilePut.What.Symlink _, FilePut.What.Directory _ -> Optional.empty();
    };
  }
}
