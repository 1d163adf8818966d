package io.aifs.server.engine.policy;

import static java.util.Objects.requireNonNull;

/**
 * Something of an asset that a policy does not allow.
 *
 * @param rule JSON pointer to the rule inside the policy
 * @param place where the asset breaks it: {@code kind}, {@code content}, {@code parents}, {@code
 *     metadata} or {@code metadata.KEY}
 * @param message what is wrong, without a capital and without the value
 */
public record Violation(String rule, String place, String message) {
  public Violation {
    requireNonNull(rule, "rule is null");
    requireNonNull(place, "place is null");
    requireNonNull(message, "message is null");
  }

  @Override
  public String toString() {
    return place + ": " + message + " (rule " + rule + ")";
  }
}
