package io.aifs.server.engine.transaction;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.TransactionId;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.RequestKey;

/**
 * A transaction as somebody names it: it is there for the token that began it only, and in its
 * namespace only.
 *
 * @param owner the id of the token
 */
public record TransactionKey(NamespaceRow namespace, String owner, TransactionId id) {
  public TransactionKey {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(id, "id is null");
  }

  /** Under which its outcome is kept, so that a commit can be repeated after a rebuild too. */
  RequestKey outcome() {
    return new RequestKey(namespace.name() + " " + owner, "Commit", id.toString());
  }
}
