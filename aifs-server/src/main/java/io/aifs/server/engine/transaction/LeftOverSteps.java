package io.aifs.server.engine.transaction;

import io.aifs.core.AifsException;
import io.aifs.core.model.TransactionId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Removes the steps of ended transactions. Thread-safe.
 *
 * @param workers remove what is left of large ones
 */
record LeftOverSteps(Catalog catalog, Executor workers) {
  /**
   * Steps of an ended transaction that go in the write that ends it; of more the rest goes later.
   */
  private static final int DROPPED_AT_A_TIME = 512;

  private static final System.Logger LOG = System.getLogger(LeftOverSteps.class.getName());

  /** In the write that ends a transaction. */
  static void dropSome(CatalogWriter writer, TransactionId id) {
    var _ = writer.staging().drop(id, DROPPED_AT_A_TIME);
  }

  void dropLater() {
    if (catalog.read(reader -> reader.staging().leftOver()).isPresent()) {
      workers.execute(this::drop);
    }
  }

  /** In slices, for others write too. */
  void drop() {
    try {
      Optional<TransactionId> left = catalog.read(reader -> reader.staging().leftOver());
      while (left.isPresent()) {
        TransactionId id = left.get();
        left =
            catalog.write(writer -> writer.staging().drop(id, DROPPED_AT_A_TIME))
                ? catalog.read(reader -> reader.staging().leftOver())
                : left;
      }
    } catch (AifsException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "steps of an ended transaction go with the next: " + e.getMessage());
    }
  }
}
