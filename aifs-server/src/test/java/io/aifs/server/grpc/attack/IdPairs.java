package io.aifs.server.grpc.attack;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids that each store draws for itself: which of the one is which of the other. Each is paired with
 * the first that it is seen beside, and with no other after that. Not thread-safe.
 */
final class IdPairs {
  private static final Pattern ID =
      Pattern.compile(
          "(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])");

  private final boolean lasting;
  private final Map<String, String> there = new HashMap<>();
  private final Map<String, String> here = new HashMap<>();

  private IdPairs(boolean lasting) {
    this.lasting = lasting;
  }

  /** Pairs that hold for good. */
  static IdPairs lasting() {
    return new IdPairs(true);
  }

  /** Any two ids go together: each call makes its own. */
  static IdPairs any() {
    return new IdPairs(false);
  }

  /** Whether the ids are those of one call made in two stores. */
  boolean areLasting() {
    return lasting;
  }

  /** Whether the texts are the same but for ids that go together. */
  boolean same(String left, String right) {
    if (!lasting) {
      return ID.matcher(left).replaceAll("").equals(ID.matcher(right).replaceAll(""));
    }
    boolean areIds = ID.matcher(right).matches() && ID.matcher(left).matches();
    return areIds ? paired(left, right) : translated(left).equals(right);
  }

  private boolean paired(String left, String right) {
    there.putIfAbsent(left, right);
    here.putIfAbsent(right, left);
    return right.equals(there.get(left)) && left.equals(here.get(right));
  }

  private String translated(String left) {
    return ID.matcher(left).replaceAll(this::other);
  }

  private String other(MatchResult id) {
    return Matcher.quoteReplacement(there.getOrDefault(id.group(), id.group()));
  }
}
