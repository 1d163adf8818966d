package io.aifs.cli.command;

import io.aifs.client.AifsClient;
import io.aifs.client.Transaction;
import io.aifs.client.TransactionStep;
import io.aifs.core.model.TransactionId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --tx}: the command does nothing at once, but becomes part of a transaction. */
final class TransactionOption {
  @Option(
      names = "--tx",
      paramLabel = "ID",
      description = "make it part of this transaction: see 'aifs tx'")
  private Optional<String> transaction = Optional.empty();

  boolean isGiven() {
    return transaction.isPresent();
  }

  /** The client to work with: what it puts, removes and moves is staged, if that is wanted. */
  AifsClient on(AifsClient client) {
    return transaction.map(id -> join(client, id).client()).orElse(client);
  }

  /** Stages a step. Only if {@link #isGiven}. */
  void stage(AifsClient client, TransactionStep step) {
    join(client, transaction.orElseThrow()).stage(List.of(step));
  }

  /** What to tell people at the end of a line about something that is only staged. */
  String suffix() {
    return transaction.map(id -> ", once transaction " + id + " is committed").orElse("");
  }

  private static Transaction join(AifsClient client, String id) {
    return client.transactions().join(parse(id));
  }

  static TransactionId parse(String id) {
    try {
      return TransactionId.parse(id);
    } catch (IllegalArgumentException _) {
      throw Usage.error("'" + id + "' is no transaction id", "'aifs tx list' shows them");
    }
  }
}
