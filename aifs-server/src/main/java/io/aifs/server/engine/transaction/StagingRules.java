package io.aifs.server.engine.transaction;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.StagedTransaction;
import io.aifs.server.engine.AssetPut;
import io.aifs.server.engine.PutEntry;
import io.aifs.server.engine.StagedAsset;
import io.aifs.server.engine.lineage.NewParents;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is refused when it is staged, though all of it is looked at again by the commit. */
final class StagingRules {
  private StagingRules() {}

  /**
   * @throws AifsException.LimitExceeded if a step more makes it too large
   */
  static void requireRoom(StagedTransaction transaction, long entries, long bytes) {
    if (transaction.entries() + entries > Limits.TRANSACTION_ENTRIES_MAX
        || transaction.bytes() + bytes > Limits.TRANSACTION_BYTES_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          "a transaction holds at most "
              + Limits.TRANSACTION_ENTRIES_MAX
              + " entries and "
              + Limits.TRANSACTION_BYTES_MAX
              + " bytes of them, content not counted",
          "commit what is staged, and go on in another");
    }
  }

  /** The assets that a step makes visible. */
  static List<Digest> assetsOf(StagedStep step) {
    return step instanceof StagedStep.Put(AssetPut put)
        ? put.assets().stream().map(StagedAsset::id).toList()
        : List.of();
  }

  /**
   * Refuses a step that names an asset which neither is visible nor staged before it.
   *
   * @throws AifsException.NotFound for what a path shall name
   * @throws AifsException.Precondition for a parent
   */
  static void requireNamed(CatalogReader reader, TransactionKey key, StagedStep step) {
    switch (step) {
      case StagedStep.Put(AssetPut put) -> {
        for (PutEntry path : put.paths()) {
          if (path.known() && path.entry().entry() instanceof TreeEntry.File file) {
            requireThere(reader, key, Set.of(file.asset()));
          }
        }
        Set<Digest> parents = parents(put.assets().stream().map(StagedAsset::parents));
        assetsOf(step).forEach(parents::remove);
        requireParents(reader, key, parents);
      }
      case StagedStep.AddParents(List<NewParents> children) -> {
        Set<Digest> ids = new LinkedHashSet<>();
        children.forEach(child -> ids.add(child.child()));
        requireThere(reader, key, ids);
        requireParents(reader, key, parents(children.stream().map(NewParents::parents)));
      }
      case StagedStep.RemovePaths _,
          StagedStep.MovePath _,
          StagedStep.StartBranch _,
          StagedStep.MoveBranch _,
          StagedStep.EndBranch _,
          StagedStep.MakeTag _,
          StagedStep.DeleteTag _,
          StagedStep.PutAssociations _,
          StagedStep.DeleteAssociations _ -> {
        // Whether these can be depends on what the steps before them do.
      }
    }
  }

  private static Set<Digest> parents(Stream<List<ParentEdge>> edges) {
    return edges
        .flatMap(List::stream)
        .map(ParentEdge::parent)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static void requireThere(CatalogReader reader, TransactionKey key, Set<Digest> ids) {
    Optional<Digest> absent = absent(reader, key, ids);
    if (absent.isPresent()) {
      throw new AifsException.NotFound(
          Reason.ASSET_NOT_FOUND,
          "asset "
              + absent.get()
              + " is neither in namespace '"
              + key.namespace().name()
              + "' nor staged",
          "put it first, in this transaction or outside");
    }
  }

  private static void requireParents(CatalogReader reader, TransactionKey key, Set<Digest> ids) {
    Optional<Digest> absent = absent(reader, key, ids);
    if (absent.isPresent()) {
      throw new AifsException.Precondition(
          Reason.PARENT_NOT_FOUND,
          "parent asset " + absent.get() + " is neither in this namespace nor staged",
          "put the parent first, then the asset made from it");
    }
  }

  private static Optional<Digest> absent(
      CatalogReader reader, TransactionKey key, Set<Digest> ids) {
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    Set<Digest> absent = new LinkedHashSet<>(ids);
    absent.removeAll(reader.assets().findAll(key.namespace().number(), ids).keySet());
    absent.removeAll(reader.staging().stagedAmong(key.id(), absent));
    return absent.stream().findFirst();
  }

  /** The same for one that is not there and one of somebody else. */
  static AifsException.NotFound notFound(TransactionKey key) {
    return new AifsException.NotFound(
        Reason.TRANSACTION_NOT_FOUND,
        "there is no transaction " + key.id() + " in namespace '" + key.namespace().name() + "'",
        "'aifs tx list' shows those that your token began; one is known for a day after its end");
  }

  static AifsException.Precondition ended(StagedTransaction transaction) {
    String end =
        switch (transaction.state()) {
          case OPEN, EXPIRED ->
              "expired at "
                  + transaction.expiresAt()
                  + ": nobody used it for longer than its lease";
          case COMMITTED -> "is committed: version " + transaction.version() + " shows it";
          case ABORTED -> "was aborted";
          case LOST -> "ended when the server was started anew";
        };
    return new AifsException.Precondition(
        Reason.TRANSACTION_ENDED,
        "transaction " + transaction.id() + " " + end,
        "begin another with 'aifs tx begin'");
  }
}
