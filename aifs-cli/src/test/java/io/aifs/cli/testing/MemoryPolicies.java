package io.aifs.cli.testing;

import io.aifs.client.Policies;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Keeps versions, and finds what a test wants it to find. */
public final class MemoryPolicies implements Policies {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final List<PolicyVersion> versions = new ArrayList<>();

  /** What every check finds. */
  public final List<Violation> violations = new ArrayList<>();

  /** What was tried, and on what. */
  public final List<String> checked = new ArrayList<>();

  @Override
  public Optional<PolicyVersion> current() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
  }

  @Override
  public PolicyVersion version(long version) {
    return versions.stream()
        .filter(one -> one.version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.POLICY_NOT_FOUND, "there is no version " + version, ""));
  }

  @Override
  public List<PolicyVersion> history() {
    return versions.reversed();
  }

  @Override
  public Optional<PolicyVersion> set(String document, OptionalLong expected, String reason) {
    if (expected.isPresent() && expected.getAsLong() != versions.size()) {
      throw new AifsException.Conflict(Reason.POLICY_CHANGED, "another version counts", "");
    }
    if (!document.equals(current().map(PolicyVersion::document).orElse(""))) {
      versions.add(new PolicyVersion(versions.size() + 1, document, NOON, "ada", reason));
    }
    return current();
  }

  @Override
  public List<Violation> check(Optional<String> document, Subject subject) {
    checked.add(document.orElse("current") + " on " + subject.kind() + " " + subject.metadata());
    return List.copyOf(violations);
  }

  @Override
  public long checkStored(Optional<String> document, Consumer<Violation> found) {
    checked.add(document.orElse("current") + " on all");
    violations.forEach(found);
    return 7;
  }
}
