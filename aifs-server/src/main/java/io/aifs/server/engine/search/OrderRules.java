package io.aifs.server.engine.search;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import java.time.Duration;

/** What orders may ask for, whatever a store holds. */
final class OrderRules {
  /** The longest wait for an index. */
  static final Duration FRESHNESS_MAX = Duration.ofMinutes(1);

  private OrderRules() {}

  /**
   * Returns if the order keeps to all limits.
   *
   * @throws AifsException.InvalidRequest naming the field and the limit
   */
  static void check(SearchOrder order) {
    requireBetween("k", order.k(), 1, Limits.SEARCH_K_MAX);
    requireBetween("effort", order.effort(), 0, Limits.SEARCH_EFFORT_MAX);
    requireBetween("queries", order.probes().size(), 1, Limits.SEARCH_QUERIES_MAX);
    requireBetween("where", order.where().size(), 0, Limits.SEARCH_CONDITIONS_MAX);
    long found = (long) order.k() * order.probes().size();
    if (found > Limits.SEARCH_FOUND_MAX) {
      throw wrong(
          "k",
          "k times the number of queries is "
              + found
              + ", over "
              + Limits.SEARCH_FOUND_MAX
              + ", the limit of one call",
          "ask for fewer, or in several calls");
    }
    if (order.freshness().isNegative() || order.freshness().compareTo(FRESHNESS_MAX) > 0) {
      throw wrong(
          "freshness_millis",
          "freshness is outside 0.." + FRESHNESS_MAX.toMillis() + " milliseconds",
          "wait at most a minute");
    }
    if (order.least().isPresent() && Double.isNaN(order.least().getAsDouble())) {
      throw wrong("least_score", "least_score is no number", "leave it out, or give a number");
    }
  }

  private static void requireBetween(String field, long value, long least, long most) {
    if (value < least || value > most) {
      String what =
          switch (field) {
            case "queries" -> "the number of queries";
            case "where" -> "the number of conditions";
            default -> field;
          };
      throw wrong(
          field,
          what + " is outside " + least + ".." + most + ": " + value,
          "keep to the limit of " + most);
    }
  }

  private static AifsException.InvalidRequest wrong(String field, String message, String hint) {
    return new AifsException.InvalidRequest(Reason.ARGUMENT_INVALID, field, message, hint);
  }
}
