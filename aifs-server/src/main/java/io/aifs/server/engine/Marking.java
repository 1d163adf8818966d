package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.tree.LiveRoots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Marks what the visible assets of a domain need, page by page. */
final class Marking {
  private static final int ROWS_AT_A_TIME = 1_000;

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
        Page page = page(namespace, after);
        add(page, needs);
        tally.assets += page.rows().size();
        tally.reached(CollectionStep.PAGE_MARKED);
        more = page.rows().size() == ROWS_AT_A_TIME;
        after = more ? Optional.of(page.rows().getLast().id()) : after;
      }
    }
    needs.flush();
    for (NamespaceRow namespace : domain.namespaces()) {
      trees.add(domain.catalog().read(reader -> LiveRoots.of(reader, namespace.number()).all()));
    }
    tally.reached(CollectionStep.MARKED);
    return new Begun(sequence, losses);
  }

  private record Page(List<AssetRow> rows, List<EmbeddingRow> embeddings) {}

  private Page page(NamespaceRow namespace, Optional<Digest> after) {
    return domain
        .catalog()
        .read(
            reader -> {
              List<AssetRow> rows =
                  reader.assets().listById(namespace.number(), after, ROWS_AT_A_TIME);
              return new Page(
                  rows,
                  rows.isEmpty()
                      ? List.of()
                      : reader
                          .assets()
                          .embeddingsBetween(namespace.number(), after, rows.getLast().id()));
            });
  }

  private static void add(Page page, AssetNeeds needs) throws IOException {
    Map<Digest, List<EmbeddingRow>> embeddings = new HashMap<>();
    for (EmbeddingRow embedding : page.embeddings()) {
      embeddings.computeIfAbsent(embedding.asset(), _ -> new ArrayList<>()).add(embedding);
    }
    for (AssetRow row : page.rows()) {
      needs.add(row.id(), row.size(), row.manifest(), embeddings.getOrDefault(row.id(), List.of()));
    }
  }
}
