package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.chunk.Chunker;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import io.aifs.crypto.ProofCache;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkSource;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Assets of a namespace: put, describe, list, find. Thread-safe. */
public final class AssetService {
  /** Children named in a description; one more tells that there are more. */
  public static final int CHILDREN_MAX = 1_000;

  /** Content of an upload that is gathered before it is cut and stored, unless told otherwise. */
  public static final int UPLOAD_BATCH_BYTES = 1 << 20;

  /** Enough to prove ranges of 8 TiB of content without reading all its chaining values again. */
  private static final long PROOF_CACHE_BYTES = 8L << 20;

  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final RecentAssets recent;
  private final Pins pins;
  private final Folder folder;
  private final Executor executor;
  private final Clock clock;
  private final int uploadBatchBytes;
  private final ProofCache proofs = new ProofCache(PROOF_CACHE_BYTES);

  /**
   * @param recent is told of what {@code catalog} writes
   * @param executor runs the storing half of uploads; may be shared
   * @param uploadBatchBytes content of an upload that is gathered before it is cut and stored
   */
  public AssetService(
      Catalog catalog,
      ChunkStores chunkStores,
      RecentAssets recent,
      Pins pins,
      Folder folder,
      Executor executor,
      Clock clock,
      int uploadBatchBytes) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.recent = recent;
    this.pins = pins;
    this.folder = folder;
    this.executor = executor;
    this.clock = clock;
    this.uploadBatchBytes = uploadBatchBytes;
  }

  /**
   * Begins an upload.
   *
   * @throws AifsException.InvalidRequest if the header breaks a limit
   */
  public PutSession beginPut(NamespaceRow namespace, PutHeader header) {
    requireValid(header);
    ChunkStore store = chunkStores.of(namespace.domain());
    DurablePut durable = new DurablePut(store);
    ContentWriter writer =
        new ContentWriter(store, new Chunker(namespace.chunker()), executor, uploadBatchBytes);
    return new PutSession(
        pins.open(),
        writer,
        (content, request) -> commit(namespace, header, durable, content, request));
  }

  /**
   * Begins an upload of chunks that the client cut and compressed.
   *
   * @param readsAll whether the caller may read all of the namespace, and so may know what it holds
   * @throws AifsException.InvalidRequest if the header breaks a limit
   */
  public ChunkedPut beginChunks(NamespaceRow namespace, PutHeader header, boolean readsAll) {
    requireValid(header);
    HeldChunks held = held(namespace, readsAll);
    DurablePut durable = new DurablePut(held.store());
    ClaimedChunks claims = new ClaimedChunks(held);
    return new ChunkedPut(
        pins.open(),
        namespace.chunker(),
        claims,
        new ChunkAssembler(held.store(), claims, executor, uploadBatchBytes),
        (content, request) -> commit(namespace, header, durable, content, request),
        () -> keep(durable));
  }

  /**
   * Those of {@code digests} that are not among the namespace's chunks, as far as the caller may
   * know: else all.
   *
   * @param readsAll as for {@link #beginChunks}
   */
  public Set<Digest> missingChunks(
      NamespaceRow namespace, Collection<Digest> digests, boolean readsAll) {
    return held(namespace, readsAll).missing(digests);
  }

  private HeldChunks held(NamespaceRow namespace, boolean readsAll) {
    boolean mayKnow =
        readsAll && !catalog.read(reader -> reader.namespaces().sharesDomain(namespace));
    return new HeldChunks(namespace, chunkStores.of(namespace.domain()), mayKnow);
  }

  /** Has the ledger know what is stored so far, which is all that it takes to outlast a crash. */
  private void keep(DurablePut durable) throws IOException {
    List<LivePack> packs = durable.sync();
    if (!packs.isEmpty()) {
      List<LivePack> recorded =
          catalog.write(
              writer -> {
                writer.ledger().commit(packs, List.of());
                return packs;
              });
      durable.store().recorded(recorded);
    }
  }

  private static void requireValid(PutHeader header) {
    Metadata.requireValid(header.metadata());
    if (header.parents().size() > Limits.PARENTS_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "parents",
          "there are over " + Limits.PARENTS_MAX + " parents",
          "group the parents into an artifact and name that");
    }
    int bytes = header.embedding().length;
    if (bytes % Float.BYTES != 0 || bytes > Limits.EMBEDDING_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "embedding",
          "the embedding is not 1 to 4,096 little-endian float32 values: " + bytes + " bytes",
          "send 4 bytes for each dimension");
    }
  }

  private PutResult commit(
      NamespaceRow namespace,
      PutHeader header,
      DurablePut durable,
      WrittenContent content,
      Optional<WriteRequest> request)
      throws IOException {
    Optional<EmbeddingRow> embedding = storeEmbedding(durable.store(), header, content.id());
    StagedAsset asset =
        new StagedAsset(
            content.id(),
            header.kind(),
            content.size(),
            content.manifest(),
            header.metadata(),
            header.parents(),
            embedding,
            header.placement().isEmpty());
    List<PathEntry> paths =
        header.placement().stream()
            .map(
                at ->
                    new PathEntry(
                        at.path(),
                        new TreeEntry.File(
                            content.id(), header.kind(), content.size(), at.attributes())))
            .toList();
    Name branch = header.placement().map(PutHeader.Placement::branch).orElse(Name.MAIN_BRANCH);
    List<LivePack> packs = durable.sync();
    Instant now = clock.instant();
    AssetCommit commit = new AssetCommit(namespace.number(), branch, List.of(asset), paths, now);
    PutResult result =
        catalog.write(
            writer -> {
              // For a repeated request too: the packs may hold what other uploads rely on.
              writer.ledger().commit(packs, List.of());
              return WriteRequest.once(
                  request.map(one -> one.with(content.id())),
                  writer,
                  now,
                  PutResult::encode,
                  PutResult::decode,
                  () -> {
                    TreeService.requireBranch(writer, namespace, branch);
                    new PathRules(writer.tree(), namespace.number(), branch).requireFits(paths);
                    long version = commit.applyTo(writer).version();
                    return new PutResult(content.id(), content.size(), content.tally(), version);
                  });
            });
    durable.store().recorded(packs);
    folder.changed(namespace, branch, 1);
    return result;
  }

  private static Optional<EmbeddingRow> storeEmbedding(
      ChunkStore store, PutHeader header, Digest asset) throws IOException {
    if (header.embedding().length == 0) {
      return Optional.empty();
    }
    Chunk chunk = Chunk.of(header.embedding());
    store.putAll(RecordType.CHUNK, List.of(chunk));
    int dimension = header.embedding().length / Float.BYTES;
    return Optional.of(
        new EmbeddingRow(asset, Integer.toString(dimension), dimension, chunk.digest()));
  }

  /**
   * Metadata and lineage one step up and down.
   *
   * @throws AifsException.NotFound if it is unknown or deleted
   */
  public AssetDetail detail(NamespaceRow namespace, Digest id) {
    return catalog.read(
        reader -> {
          AssetRow row = requireRow(reader, namespace, id);
          List<Digest> children =
              reader.assets().children(namespace.number(), id, CHILDREN_MAX + 1);
          return new AssetDetail(
              row.info(),
              reader.assets().parents(namespace.number(), id),
              children.subList(0, Math.min(children.size(), CHILDREN_MAX)),
              children.size() > CHILDREN_MAX);
        });
  }

  /**
   * Those of {@code ids} that are visible and stored. One of which damage is known is left out:
   * whoever asks whether to send content is to send it, which heals it.
   */
  public Map<Digest, AssetInfo> describeAll(NamespaceRow namespace, Collection<Digest> ids) {
    Known known =
        catalog.read(
            reader ->
                new Known(
                    reader.assets().findAll(namespace.number(), ids),
                    !reader.damage().packs().isEmpty()));
    Map<Digest, AssetInfo> found = new HashMap<>();
    known
        .rows()
        .forEach(
            (id, row) -> {
              if (!known.damage() || isStored(namespace, row)) {
                found.put(id, row.info());
              }
            });
    return found;
  }

  private record Known(Map<Digest, AssetRow> rows, boolean damage) {}

  private boolean isStored(NamespaceRow namespace, AssetRow row) {
    ChunkStore store = chunkStores.of(namespace.domain());
    boolean[] stored = {true};
    AssetNeeds needs =
        new AssetNeeds(
            store, (type, digests) -> stored[0] &= store.missing(type, digests).isEmpty());
    try {
      needs.add(row.id(), row.size(), row.manifest(), List.of());
      needs.flush();
      return stored[0];
    } catch (IOException | AifsException.Corrupt e) {
      return false; // its chunk list does not read
    }
  }

  /** A page, newest first; see {@link io.aifs.server.catalog.AssetReader#listNewest}. */
  public AssetPage list(
      NamespaceRow namespace, Optional<AssetPage.Position> before, int skip, int limit) {
    return catalog.read(
        reader -> reader.assets().listNewest(namespace.number(), before, skip, limit));
  }

  /** The ids that begin with these 8 to 64 hex digits, at most {@code limit}. */
  public List<Digest> findByPrefix(NamespaceRow namespace, String hexPrefix, int limit) {
    if (!hexPrefix.matches("[0-9a-f]{8,64}")) {
      throw new AifsException.InvalidRequest(
          Reason.ASSET_ID_INVALID,
          "prefix",
          "the prefix is not 8 to 64 lower-case hex digits",
          "give at least the first 8 digits of the id");
    }
    return catalog.read(
        reader -> reader.assets().findByPrefix(namespace.number(), hexPrefix, limit));
  }

  /**
   * Opens an asset's content to read; some of it may come from memory.
   *
   * @throws AifsException.NotFound if it is unknown or deleted
   */
  public ContentReader open(NamespaceRow namespace, Digest id) {
    ChunkSource chunks = chunkStores.content(namespace.domain());
    ChunkSource longReads = chunkStores.of(namespace.domain());
    AssetRow row = recent.find(namespace.number(), id).orElseGet(() -> read(namespace, id));
    return new ContentReader(row, chunks, longReads, executor);
  }

  private AssetRow read(NamespaceRow namespace, Digest id) {
    long stamp = recent.stamp(id);
    AssetRow row = require(namespace, id);
    recent.keep(stamp, namespace.number(), row);
    return row;
  }

  /**
   * Opens an asset that was opened lately, to read what is in memory: nothing here touches the
   * disk. Empty if it was not, or is there no more.
   */
  public Optional<RecalledContent> recall(NamespaceRow namespace, Digest id) {
    return recent
        .find(namespace.number(), id)
        .map(row -> new RecalledContent(row, chunkStores.recalled(namespace.domain())));
  }

  /**
   * Proves ranges of what {@link #open} gave to those who know its id.
   *
   * @throws AifsException.Corrupt if the chaining values kept with it are damaged
   */
  public ContentProver prover(ContentReader reader) {
    return new ContentProver(reader, proofs);
  }

  /**
   * Opens ranges of many assets to read; which assets there are is looked up here and now. One that
   * is unknown or deleted fails its own ranges only.
   */
  public RangesReader openAll(NamespaceRow namespace, List<ContentRange> ranges) {
    Set<Digest> ids = new LinkedHashSet<>();
    ranges.forEach(range -> ids.add(range.asset()));
    ChunkSource chunks = chunkStores.content(namespace.domain());
    RangePlan plan = catalog.read(reader -> plan(reader, namespace, ranges, ids, chunks));
    return new RangesReader(plan, chunks, executor);
  }

  private RangePlan plan(
      CatalogReader reader,
      NamespaceRow namespace,
      List<ContentRange> ranges,
      Set<Digest> ids,
      ChunkSource chunks) {
    Map<Digest, AssetRow> rows = reader.assets().findAll(namespace.number(), ids);
    Map<Digest, ContentReader> found = HashMap.newHashMap(ids.size());
    Map<Digest, AifsException> absent = new HashMap<>();
    for (Digest id : ids) {
      AssetRow row = rows.get(id);
      if (row == null) {
        absent.put(id, notFound(reader, namespace, id));
      } else {
        found.put(id, new ContentReader(row, chunks, executor));
      }
    }
    return new RangePlan(ranges, found, absent);
  }

  /**
   * An asset's row.
   *
   * @throws AifsException.NotFound if it is unknown or deleted
   */
  AssetRow require(NamespaceRow namespace, Digest id) {
    return catalog.read(reader -> requireRow(reader, namespace, id));
  }

  /** Reads an asset from disk, whatever is in memory: for checks. */
  ContentReader reader(NamespaceRow namespace, AssetRow row) {
    return new ContentReader(row, chunkStores.of(namespace.domain()), executor);
  }

  static AssetRow requireRow(CatalogReader reader, NamespaceRow namespace, Digest id) {
    return reader
        .assets()
        .find(namespace.number(), id)
        .orElseThrow(() -> notFound(reader, namespace, id));
  }

  private static AifsException.NotFound notFound(
      CatalogReader reader, NamespaceRow namespace, Digest id) {
    return reader
        .assets()
        .findTombstone(namespace.number(), id)
        .map(
            tombstone ->
                new AifsException.NotFound(
                    Reason.ASSET_DELETED,
                    "asset " + id + " was deleted at " + tombstone.deletedAt(),
                    "put the same content again to bring it back"))
        .orElseGet(
            () ->
                new AifsException.NotFound(
                    Reason.ASSET_NOT_FOUND,
                    "asset " + id + " is not in namespace '" + namespace.name() + "'",
                    "check the id and the namespace; 'aifs ls' shows what is there"));
  }
}
