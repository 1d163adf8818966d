package io.aifs.server.engine.embedding;

import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.Name;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Approves or removes embeddings, some in each catalog write: there may be any number of them.
 *
 * @param begun when the call began: what came to wait since was not there to be looked at
 */
record QuarantineReview(long namespace, Review review, Instant begun) {
  /** Embeddings of one catalog write, which others wait for. */
  private static final int AT_A_TIME = 4_096;

  /**
   * What one write did.
   *
   * @param next behind which the next write looks; empty if this was the last
   */
  record Step(int count, long version, Optional<EmbeddingKey> next) {}

  /**
   * Reviews the next of them.
   *
   * @param after what the step before said; empty for the first
   */
  Step next(CatalogWriter writer, Optional<EmbeddingKey> after) {
    List<EmbeddingRow> waiting = review.all() ? page(writer, after) : named(writer);
    EmbeddingEvents events = new EmbeddingEvents();
    int count = 0;
    for (EmbeddingRow row : waiting) {
      if (isMeant(row)) {
        change(writer, row);
        events.add(review.approve() ? EmbeddingEvents.APPROVE : EmbeddingEvents.REJECT, row.key());
        count++;
      }
    }
    return new Step(
        count,
        events.append(writer, namespace, review.reason(), begun),
        review.all() && waiting.size() == AT_A_TIME
            ? Optional.of(waiting.getLast().key())
            : Optional.empty());
  }

  private List<EmbeddingRow> page(CatalogReader reader, Optional<EmbeddingKey> after) {
    return reader.embeddings().quarantined(namespace, after, AT_A_TIME);
  }

  private List<EmbeddingRow> named(CatalogReader reader) {
    List<EmbeddingRow> found = new ArrayList<>();
    for (EmbeddingName name : review.embeddings().stream().distinct().toList()) {
      reader
          .embeddings()
          .find(namespace, new EmbeddingKey(name.asset(), name.space().value(), name.part()))
          .ifPresent(found::add);
    }
    return found;
  }

  private boolean isMeant(EmbeddingRow row) {
    return row.quarantine().filter(why -> !review.all() || !why.since().isAfter(begun)).isPresent()
        && (!review.all()
            || review.space().map(Name::value).filter(name -> !name.equals(row.space())).isEmpty());
  }

  private void change(CatalogWriter writer, EmbeddingRow row) {
    if (review.approve()) {
      writer
          .embeddings()
          .put(
              namespace,
              new EmbeddingRow(
                  row.asset(),
                  row.space(),
                  row.part(),
                  row.dimension(),
                  row.content(),
                  Optional.empty()));
    } else {
      var _ = writer.embeddings().remove(namespace, row.key());
    }
  }
}
