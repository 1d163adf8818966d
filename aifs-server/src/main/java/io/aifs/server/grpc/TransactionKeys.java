package io.aifs.server.grpc;

import io.aifs.core.Reason;
import io.aifs.core.model.TransactionId;
import io.aifs.server.auth.Caller;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.transaction.TransactionKey;
import io.aifs.server.grpc.gate.CallScope;
import java.util.Optional;

/** The transaction that a call means. */
final class TransactionKeys {
  private TransactionKeys() {}

  /**
   * Who owns what the current call begins. A restricted token has its own: what others of its
   * family stage may be about what it must not touch.
   */
  static String owner() {
    Caller caller = CallScope.current().caller();
    return caller.restrictions().isNone()
        ? caller.family()
        : caller.family() + " " + caller.tokenId();
  }

  static TransactionKey of(NamespaceRow namespace, String transaction) {
    if (transaction.isEmpty()) {
      throw Requests.invalid(
          Reason.ARGUMENT_MISSING,
          "transaction",
          "transaction is empty",
          "send the id that Begin gives");
    }
    TransactionId id =
        Requests.parsed(
            Reason.ARGUMENT_INVALID,
            "transaction",
            "send the id that Begin gives",
            () -> TransactionId.parse(transaction));
    return new TransactionKey(namespace, owner(), id);
  }

  /** The same of a field that may be empty. */
  static Optional<TransactionKey> optional(NamespaceRow namespace, String transaction) {
    return transaction.isEmpty() ? Optional.empty() : Optional.of(of(namespace, transaction));
  }
}
