package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.schemas.layout.Layouts;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.engine.payload.PayloadInspector;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Puts many small files, links and directories at once, visible at one instant. Thread-safe. */
public final class FilesService {
  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final Pins pins;
  private final PutTarget visible;
  private final PutTarget discreet;
  private final AssetRules rules;
  private final PayloadGate payloads;
  private final Clock clock;

  /**
   * @param folder told of what is put
   * @param rules what may be put
   * @param inspector looks at content
   */
  public FilesService(
      Catalog catalog,
      ChunkStores chunkStores,
      Pins pins,
      Folder folder,
      AssetRules rules,
      PayloadInspector inspector,
      Clock clock) {
    this.visible = new VisiblePuts(folder, rules, false);
    this.discreet = new VisiblePuts(folder, rules, true);
    this.rules = rules;
    this.payloads = new PayloadGate(catalog, rules, inspector);
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.pins = pins;
    this.clock = clock;
  }

  /**
   * Puts all of {@code files} or none.
   *
   * <p>A repeat of {@code request} stores nothing and gives the first result again, without telling
   * which assets were new.
   *
   * @throws AifsException.InvalidRequest if the batch breaks a limit or names a path twice, a
   *     content is not what its kind demands, or the request id was used for another
   * @throws AifsException.NotFound if an asset named as known is not there, or no such branch
   * @throws AifsException.Precondition if a path does not fit what is there, or the namespace's
   *     policy does not allow a file
   */
  public FilesResult put(
      NamespaceRow namespace, Name branch, List<FilePut> files, Optional<WriteRequest> request) {
    return put(namespace, branch, files, true, request);
  }

  /**
   * The same.
   *
   * @param readsAll whether the caller may read all of the namespace; else no failure tells it what
   *     is there, but for paths
   */
  public FilesResult put(
      NamespaceRow namespace,
      Name branch,
      List<FilePut> files,
      boolean readsAll,
      Optional<WriteRequest> request) {
    return put(namespace, branch, files, readsAll, readsAll ? visible : discreet, request);
  }

  /**
   * The same.
   *
   * @param readsAll whether the caller may read all of the namespace; else the content of parents
   *     has no part in how the files are stored
   * @param target where they go; closed here
   */
  public FilesResult put(
      NamespaceRow namespace,
      Name branch,
      List<FilePut> files,
      boolean readsAll,
      PutTarget target,
      Optional<WriteRequest> request) {
    try (target;
        Pins.Pin _ = pins.open()) {
      requireValid(files);
      requireAllowed(namespace, files);
      SmallFiles written =
          new SmallFiles(chunkStores.of(namespace.domain()), cutting(namespace, readsAll));
      return putPinned(namespace, branch, files, written, target, request);
    }
  }

  private FilesResult putPinned(
      NamespaceRow namespace,
      Name branch,
      List<FilePut> files,
      SmallFiles written,
      PutTarget target,
      Optional<WriteRequest> request) {
    Optional<String> kept =
        catalog.read(
            reader -> {
              target.requireOpen(reader);
              return request.flatMap(one -> one.keptOutcome(reader));
            });
    ChunkStore store = chunkStores.of(namespace.domain());
    cutAll(written, files);
    if (kept.isPresent()) {
      return repeated(written, files, kept.get());
    }
    List<LivePack> packs = storeAll(namespace, store, written);
    AssetPut put = new AssetPut(branch, written.staged(), entries(files, written));
    Instant now = clock.instant();
    FilesResult result =
        catalog.write(
            writer -> {
              // For a repeated request too: the packs may hold what other uploads rely on.
              writer.ledger().commit(packs, List.of());
              target.requireOpen(writer);
              return WriteRequest.once(
                  request,
                  writer,
                  now,
                  outcome -> Long.toString(outcome.version()),
                  version -> repeated(written, files, version),
                  () -> {
                    AssetCommit.Outcome outcome = target.take(writer, namespace, put, now);
                    return new FilesResult(
                        written.ids(files),
                        outcome.born(),
                        written.problems(),
                        written.told(writer.namespaces().sharesDomain(namespace)),
                        outcome.version());
                  });
            });
    store.recorded(packs);
    target.taken(namespace, put);
    return result;
  }

  /**
   * Stores the contents of {@code files}, for a catalog write that makes them visible with other
   * things. The caller holds a pin.
   *
   * @param readsAll as for {@link #put(NamespaceRow, Name, List, boolean, PutTarget, Optional)}
   * @throws AifsException.InvalidRequest if the batch breaks a limit or names a path twice
   * @throws AifsException.Precondition if the namespace's policy does not allow a file
   */
  public StoredPut store(
      NamespaceRow namespace, Name branch, List<FilePut> files, boolean readsAll) {
    requireValid(files);
    requireAllowed(namespace, files);
    ChunkStore store = chunkStores.of(namespace.domain());
    SmallFiles written = new SmallFiles(store, cutting(namespace, readsAll));
    cutAll(written, files);
    List<LivePack> packs = storeAll(namespace, store, written);
    return new StoredPut(
        new AssetPut(branch, written.staged(), entries(files, written)),
        written.ids(files),
        packs,
        () -> store.recorded(packs));
  }

  /**
   * Returns if a call can bring so many vectors in small files.
   *
   * @throws AifsException.InvalidRequest otherwise
   */
  public static void requireFewVectors(long vectors) {
    SmallFiles.requireFewVectors(vectors);
  }

  private static FilesResult repeated(SmallFiles written, List<FilePut> files, String version) {
    return new FilesResult(
        written.ids(files), Set.of(), written.problems(), written.tally(), Long.parseLong(version));
  }

  private static void requireValid(List<FilePut> files) {
    if (files.isEmpty() || files.size() > Limits.BATCH_ENTRIES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "files",
          "a batch is 1 to " + Limits.BATCH_ENTRIES_MAX + " entries: " + files.size(),
          "split it");
    }
    Set<TreePath> paths = new HashSet<>();
    long bytes = 0;
    for (FilePut file : files) {
      Metadata.requireOfAsset(file.metadata());
      if (file.path().isRoot() || !paths.add(file.path())) {
        throw new AifsException.InvalidRequest(
            Reason.PATH_INVALID,
            "files.path",
            "path '" + file.path() + "' is empty or stands in the batch twice",
            "name each path once");
      }
      if (file.what() instanceof FilePut.What.Data(byte[] data)) {
        bytes += data.length;
      }
    }
    if (bytes > Limits.BATCH_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "files.data",
          "a batch holds at most " + Limits.BATCH_BYTES_MAX + " bytes of data: " + bytes,
          "split it, and put large files with PutAsset");
    }
  }

  /** Refuses before anything is stored. */
  private void requireAllowed(NamespaceRow namespace, List<FilePut> files) {
    AssetRules.Rule rule = rules.expected(namespace.number());
    if (!rule.quota().isNone()) {
      rule.quota()
          .requireNotOver(catalog.read(reader -> reader.assets().totals(namespace.number())));
    }
    for (FilePut file : files) {
      if (file.what() instanceof FilePut.What.Data(byte[] data)) {
        rule.require(
            new AssetFacts(
                file.kind(), OptionalLong.of(data.length), file.metadata(), file.parents().size()),
            () -> file.path().value());
      }
    }
  }

  private ContentCutting cutting(NamespaceRow namespace, boolean readsAll) {
    return new ContentCutting(Layouts.REGIONS, namespace, id -> open(namespace, id), readsAll);
  }

  /** An asset to look into: what is short is read on this thread. */
  private ContentReader open(NamespaceRow namespace, Digest id) {
    AssetRow row = catalog.read(reader -> AssetService.requireRow(reader, namespace, id));
    return new ContentReader(row, chunkStores.content(namespace.domain()), Runnable::run);
  }

  private static void cutAll(SmallFiles written, List<FilePut> files) {
    try {
      for (FilePut file : files) {
        written.add(file);
      }
    } catch (IOException e) {
      throw Failures.writing(e);
    }
  }

  /** Looks at the contents and makes them durable; returns the packs for the catalog write. */
  private List<LivePack> storeAll(NamespaceRow namespace, ChunkStore store, SmallFiles written) {
    try {
      written.inspect(namespace, payloads);
      DurablePut durable = new DurablePut(store);
      written.store();
      return durable.sync();
    } catch (IOException e) {
      throw Failures.writing(e);
    }
  }

  private static List<PutEntry> entries(List<FilePut> files, SmallFiles written) {
    List<PutEntry> entries = new ArrayList<>(files.size());
    for (FilePut file : files) {
      boolean known = file.what() instanceof FilePut.What.Known;
      entries.add(new PutEntry(new PathEntry(file.path(), entry(file, written)), known));
    }
    return entries;
  }

  private static TreeEntry entry(FilePut file, SmallFiles written) {
    return switch (file.what()) {
      case FilePut.What.Data data ->
          new TreeEntry.File(written.id(file), file.kind(), data.bytes().length, file.attributes());
      case FilePut.What.Known(Digest id) ->
          new TreeEntry.File(id, file.kind(), 0, file.attributes());
      case FilePut.What.Symlink(String target) -> new TreeEntry.Symlink(target, file.attributes());
      case FilePut.What.Directory() -> new TreeEntry.Directory(file.attributes());
    };
  }
}
