package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.NamespaceService;
import io.aifs.server.grpc.gate.CallScope;
import io.aifs.server.grpc.gate.LimitGate;
import io.aifs.server.grpc.gate.NamespaceResolver;
import java.util.Optional;

/** The namespace that a call works in. Thread-safe. */
final class Namespaces {
  private final NamespaceService service;

  Namespaces(NamespaceService service) {
    this.service = service;
  }

  /**
   * The namespace of the current call, which is charged to it.
   *
   * @param field the message's field
   * @throws AifsException.LimitExceeded if the namespace is called too much
   */
  NamespaceRow of(String field) {
    return entered(uncharged(field));
  }

  /**
   * The same for who sets its limits, and is not to be kept out by them.
   *
   * @param field the message's field
   */
  NamespaceRow uncharged(String field) {
    return service.require(name(field));
  }

  /**
   * The same, if it is known without a look into the catalog.
   *
   * @param field the message's field
   */
  Optional<NamespaceRow> recall(String field) {
    return service.recall(name(field)).map(Namespaces::entered);
  }

  private static NamespaceRow entered(NamespaceRow namespace) {
    LimitGate.ticket().enterNamespace(namespace.number(), namespace.name());
    return namespace;
  }

  private static Name name(String field) {
    return NamespaceResolver.resolve(CallScope.current(), field);
  }
}
