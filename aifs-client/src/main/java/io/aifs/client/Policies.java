package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What the namespace demands of what is put into it. Every version is kept. Thread-safe. */
public interface Policies {
  /** The version that counts; empty if none was ever set. */
  Optional<PolicyVersion> current();

  /**
   * An earlier version.
   *
   * @throws io.aifs.core.AifsException.NotFound if there never was one of this number
   */
  PolicyVersion version(long version);

  /** All versions, newest first. */
  List<PolicyVersion> history();

  /**
   * Sets a policy. It counts for every put that becomes visible later; what is there stays.
   *
   * @param document JSON, as docs/format/policy.md says; empty takes the policy away
   * @param expected the version that must count now, 0 for none; empty replaces whatever counts
   * @return the version that counts then; empty if there was none and is none
   * @throws io.aifs.core.AifsException.InvalidRequest if it is no policy, naming the place
   * @throws io.aifs.core.AifsException.Conflict if another version counts than is expected
   */
  Optional<PolicyVersion> set(String document, OptionalLong expected, String reason);

  /**
   * Tries a policy on an asset that is described; nothing is set or put.
   *
   * @param document the policy to try; empty tries the one that counts
   */
  List<Violation> check(Optional<String> document, Subject subject);

  /**
   * Tries a policy on all assets that are there.
   *
   * @param document as for {@link #check}
   * @param found is told of each asset that would be refused, and why
   * @return how many were looked at
   */
  long checkStored(Optional<String> document, Consumer<Violation> found);

  /**
   * A version of a policy.
   *
   * @param document empty if this version takes the policy away
   * @param who the id of the token that set it
   */
  record PolicyVersion(long version, String document, Instant setAt, String who, String reason) {
    public PolicyVersion {
      requireNonNull(document, "document is null");
      requireNonNull(setAt, "setAt is null");
    }
  }

  /** An asset as a put would say it. */
  record Subject(AssetKind kind, Map<String, String> metadata, long bytes, int parents) {
    public Subject {
      requireNonNull(kind, "kind is null");
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * Something that a policy does not allow.
   *
   * @param asset its id in hex; empty for one that was described
   * @param rule JSON pointer to the rule inside the policy
   * @param place where it is broken: kind, content, parents, metadata or metadata.KEY
   */
  record Violation(String asset, String rule, String place, String message) {}
}
