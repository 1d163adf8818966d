package io.aifs.server.grpc.limit;

import io.aifs.server.model.CallRates;

/** What namespaces say of how much they may be called. Thread-safe. */
@FunctionalInterface
public interface NamespaceRates {
  /**
   * What counts now, without a look into the catalog.
   *
   * @param namespace its number
   */
  CallRates of(long namespace);
}
