package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetInfo;
import io.aifs.crypto.Digest;
import io.aifs.crypto.ProofCache;
import io.aifs.schemas.layout.Layouts;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkSource;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.engine.payload.PayloadInspector;
import io.aifs.server.engine.payload.PayloadMode;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

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
  private final PutTarget visible;
  private final PutTarget discreet;
  private final PutAdmission admission;
  private final UploadCommit commits;
  private final Executor executor;
  private final int uploadBatchBytes;
  private final ProofCache proofs = new ProofCache(PROOF_CACHE_BYTES);

  /**
   * @param recent is told of what {@code catalog} writes
   * @param rules what may be put
   * @param inspector looks at content
   * @param executor runs the storing half of uploads; may be shared
   * @param uploadBatchBytes content of an upload that is gathered before it is cut and stored
   */
  public AssetService(
      Catalog catalog,
      ChunkStores chunkStores,
      RecentAssets recent,
      Pins pins,
      Folder folder,
      AssetRules rules,
      PayloadInspector inspector,
      Executor executor,
      Clock clock,
      int uploadBatchBytes) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.recent = recent;
    this.pins = pins;
    this.visible = new VisiblePuts(folder, rules, false);
    this.discreet = new VisiblePuts(folder, rules, true);
    this.admission = new PutAdmission(catalog, rules);
    this.commits =
        new UploadCommit(catalog, new PayloadGate(catalog, rules, inspector), executor, clock);
    this.executor = executor;
    this.uploadBatchBytes = uploadBatchBytes;
  }

  /**
   * Begins an upload. Content that is not what its kind demands is stored all the same, and said to
   * be so, unless the namespace's policy has another rule.
   *
   * @throws AifsException.InvalidRequest if the header breaks a limit
   * @throws AifsException.Precondition if the namespace's policy does not allow it
   * @throws AifsException.LimitExceeded if the namespace is over its quota
   */
  public PutSession beginPut(NamespaceRow namespace, PutHeader header) {
    return beginPut(namespace, header, true);
  }

  /**
   * Begins an upload.
   *
   * @param readsAll whether the caller may read all of the namespace; else no failure tells it what
   *     is there, but for paths
   * @throws AifsException.InvalidRequest if the header breaks a limit
   * @throws AifsException.Precondition if the namespace's policy does not allow it
   */
  public PutSession beginPut(NamespaceRow namespace, PutHeader header, boolean readsAll) {
    return beginPut(namespace, header, readsAll, readsAll ? visible : discreet);
  }

  /**
   * Begins an upload by somebody who may read all of the namespace.
   *
   * @param target as for the other
   */
  public PutSession beginPut(NamespaceRow namespace, PutHeader header, PutTarget target) {
    return beginPut(namespace, header, true, target);
  }

  /**
   * Begins an upload.
   *
   * @param readsAll whether the caller may read all of the namespace; else its parents' content has
   *     no part in how it is stored
   * @param target where it goes; closed with the upload
   * @throws AifsException.InvalidRequest if the header breaks a limit
   * @throws AifsException.Precondition if the namespace's policy does not allow it
   * @throws AifsException.LimitExceeded if the namespace is over its quota
   */
  public PutSession beginPut(
      NamespaceRow namespace, PutHeader header, boolean readsAll, PutTarget target) {
    StorageQuota quota = admission.require(namespace, header, target);
    ChunkStore store = chunkStores.of(namespace.domain());
    DurablePut durable = new DurablePut(store);
    ContentCutting cutting = cutting(namespace, readsAll);
    ContentWriter writer =
        new ContentWriter(
            store, cutting.cutter(), cutting.bases(header.parents()), executor, uploadBatchBytes);
    return new PutSession(
        held(target),
        quota,
        writer,
        commits.of(new UploadCommit.Order(namespace, header, target, PayloadMode.WARN), durable));
  }

  /**
   * Begins an upload of chunks that the client cut and compressed. Content that is not what its
   * kind demands is refused, unless the namespace's policy has another rule.
   *
   * @param readsAll whether the caller may read all of the namespace, and so may know what it holds
   * @throws AifsException.InvalidRequest if the header breaks a limit
   */
  public ChunkedPut beginChunks(NamespaceRow namespace, PutHeader header, boolean readsAll) {
    return beginChunks(namespace, header, readsAll, readsAll ? visible : discreet);
  }

  /**
   * Begins an upload of chunks that the client cut and compressed.
   *
   * @param readsAll as for the other
   * @param target where it goes; closed with the upload
   * @throws AifsException.InvalidRequest if the header breaks a limit
   * @throws AifsException.Precondition if the namespace's policy does not allow it
   */
  public ChunkedPut beginChunks(
      NamespaceRow namespace, PutHeader header, boolean readsAll, PutTarget target) {
    StorageQuota quota = admission.require(namespace, header, target);
    HeldChunks held = held(namespace, readsAll);
    DurablePut durable = new DurablePut(held.store());
    ClaimedChunks claims = new ClaimedChunks(held);
    ContentCutting cutting = cutting(namespace, readsAll);
    return new ChunkedPut(
        held(target),
        quota,
        namespace.chunker(),
        claims,
        new ChunkAssembler(
            held.store(),
            claims,
            cutting.regions(),
            cutting.bases(header.parents()),
            executor,
            uploadBatchBytes),
        commits.of(new UploadCommit.Order(namespace, header, target, PayloadMode.STRICT), durable),
        () -> keep(durable));
  }

  private ContentCutting cutting(NamespaceRow namespace, boolean readsAll) {
    return new ContentCutting(Layouts.REGIONS, namespace, id -> open(namespace, id), readsAll);
  }

  /** Lets go of everything that an upload holds; may run more than once. */
  private Runnable held(PutTarget target) {
    Pins.Pin pin = pins.open();
    return () -> {
      pin.close();
      target.close();
    };
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

  /** A page; see {@link io.aifs.server.catalog.AssetReader#list}. */
  public AssetPage list(
      NamespaceRow namespace,
      AssetFilter filter,
      Optional<AssetPage.Position> after,
      int skip,
      int limit) {
    return catalog.read(
        reader -> reader.assets().list(namespace.number(), filter, after, skip, limit));
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
    return openAll(namespace, ranges, _ -> true);
  }

  /**
   * The same.
   *
   * @param visible the ids that the caller may know of; others are as if they were unknown
   */
  public RangesReader openAll(
      NamespaceRow namespace, List<ContentRange> ranges, Predicate<Digest> visible) {
    return new RangesOpener(catalog, chunkStores, executor).open(namespace, ranges, visible);
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

  /** What is said of an asset that is not visible. */
  public static AifsException.NotFound notFound(
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
        .orElseGet(() -> unknown(namespace, id));
  }

  /** What is said of an asset that was never there. */
  public static AifsException.NotFound unknown(NamespaceRow namespace, Digest id) {
    return new AifsException.NotFound(
        Reason.ASSET_NOT_FOUND,
        "asset " + id + " is not in namespace '" + namespace.name() + "'",
        "check the id and the namespace; 'aifs ls' shows what is there");
  }
}
