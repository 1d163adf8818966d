package io.aifs.server.grpc;

import io.aifs.core.model.Name;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.NamespaceService;
import io.aifs.server.grpc.gate.CallScope;
import io.aifs.server.grpc.gate.NamespaceResolver;
import java.util.Optional;

/** The namespace that a call works in. Thread-safe. */
final class Namespaces {
  private final NamespaceService service;

  Namespaces(NamespaceService service) {
    this.service = service;
  }

  /**
   * The namespace of the current call.
   *
   * @param field the message's field
   */
  NamespaceRow of(String field) {
    return service.require(name(field));
  }

  /**
   * The same, if it is known without a look into the catalog.
   *
   * @param field the message's field
   */
  Optional<NamespaceRow> recall(String field) {
    return service.recall(name(field));
  }

  private static Name name(String field) {
    return NamespaceResolver.resolve(CallScope.current(), field);
  }
}
