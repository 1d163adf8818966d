package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.tree.LiveRoots;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Marks what the visible assets of a domain need, page by page. */
final class Marking {
  private static final int ROWS_AT_A_TIME = 1_000;
  private static final int EMBEDDINGS_AT_A_TIME = 10_000;

  private final CollectedDomain domain;
  private final CollectionTally tally;

  Marking(CollectedDomain domain, CollectionTally tally) {
    this.domain = domain;
    this.tally = tally;
  }

  /**
   * What was counted on: see {@link CollectedDomain#settle}, and {@code CollectionRun.sequence}.
   */
  record Begun(long sequence, long losses) {}

  /**
   * Marks everything.
   *
   * @throws io.aifs.core.AifsException.Corrupt if a chunk list cannot be read
   */
  Begun run() throws IOException {
    domain.collector().beginMarking();
    long losses = domain.chunks().losses();
    long sequence = domain.catalog().read(reader -> reader.events().newest());
    tally.reached(CollectionStep.MARK_BEGUN);
    Rescue rescue = new Rescue(domain, tally);
    AssetNeeds.Sink sink =
        (type, digests) -> {
          Collection<Digest> hidden = domain.collector().mark(type, digests);
          if (!hidden.isEmpty()) { // an upload that began before they were condemned
            rescue.rescue(type, hidden);
          }
          tally.reached(CollectionStep.PAGE_MARKED);
        };
    AssetNeeds needs = new AssetNeeds(domain.chunks(), sink);
    TreeNeeds trees = new TreeNeeds(domain.chunks(), sink);
    for (NamespaceRow namespace : domain.namespaces()) {
      Optional<Digest> after = Optional.empty();
      boolean more = true;
      while (more) {
        List<AssetRow> rows = page(namespace, after);
        for (AssetRow row : rows) {
          needs.add(row.id(), row.size(), row.manifest(), List.of());
        }
        tally.assets += rows.size();
        tally.reached(CollectionStep.PAGE_MARKED);
        more = rows.size() == ROWS_AT_A_TIME;
        after = more ? Optional.of(rows.getLast().id()) : after;
      }
      markEmbeddings(namespace, needs);
    }
    needs.flush();
    for (NamespaceRow namespace : domain.namespaces()) {
      trees.add(domain.catalog().read(reader -> LiveRoots.of(reader, namespace.number()).all()));
    }
    tally.reached(CollectionStep.MARKED);
    return new Begun(sequence, losses);
  }

  /**
   * What is embedded of an asset that goes meanwhile is marked in vain; what comes has an event.
   */
  private void markEmbeddings(NamespaceRow namespace, AssetNeeds needs) throws IOException {
    Optional<EmbeddingKey> after = Optional.empty();
    boolean more = true;
    while (more) {
      List<EmbeddingRow> rows = embeddings(namespace, after);
      needs.addEmbeddings(rows);
      more = rows.size() == EMBEDDINGS_AT_A_TIME;
      after = more ? Optional.of(rows.getLast().key()) : after;
    }
  }

  private List<EmbeddingRow> embeddings(NamespaceRow namespace, Optional<EmbeddingKey> after) {
    return domain
        .catalog()
        .read(
            reader ->
                reader.assets().embeddingsAfter(namespace.number(), after, EMBEDDINGS_AT_A_TIME));
  }

  private List<AssetRow> page(NamespaceRow namespace, Optional<Digest> after) {
    return domain
        .catalog()
        .read(reader -> reader.assets().listById(namespace.number(), after, ROWS_AT_A_TIME));
  }
}
