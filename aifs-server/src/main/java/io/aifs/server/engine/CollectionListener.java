package io.aifs.server.engine;

import java.util.function.BooleanSupplier;

/** Follows a collection. What it throws ends the collection, as a crash would. */
@FunctionalInterface
public interface CollectionListener {
  /** Listens to nothing. */
  CollectionListener NONE = (_, _) -> {};

  /** A step was reached. */
  void reached(CollectionStep step, CollectionReport soFar);

  /** One that ends the collection as soon as {@code cancelled} says so. */
  static CollectionListener until(BooleanSupplier cancelled, CollectionListener next) {
    return (step, soFar) -> {
      if (cancelled.getAsBoolean()) {
        throw new java.util.concurrent.CancellationException("collection was cancelled");
      }
      next.reached(step, soFar);
    };
  }
}
