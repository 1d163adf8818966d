package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Signed snapshots of the namespace, and what is done with them. Thread-safe. Every snapshot was
 * checked by the client's {@link SnapshotCheck} before it is given. Streams ask for the next page
 * when they get there, and fail there.
 */
public interface History {
  /**
   * Makes a snapshot of a branch's working state and moves the branch to it.
   *
   * @throws io.aifs.core.AifsException.Conflict if the branch is not at what was expected
   */
  Taken take(Name branch, SnapshotOptions options);

  /** The snapshot that a ref stands at; of a bare branch the newest. */
  SnapshotSummary describe(Ref ref);

  /** All snapshots of the namespace, newest first. */
  Stream<SnapshotSummary> list();

  /** The assets of a snapshot, named and unnamed; one that has several paths comes as often. */
  Stream<Digest> assets(Ref ref);

  /**
   * Has the server recompute a snapshot from its entries and check its signature.
   *
   * @param publicKey Ed25519, 32 bytes; empty for the key that the store knows
   */
  Verdict check(Ref ref, Optional<byte[]> publicKey);

  /** A proof that a path or an unnamed asset was in a snapshot, for anyone to check offline. */
  Proof prove(Ref ref, Subject subject);

  /**
   * The snapshots that lead to a ref, newest first.
   *
   * @param path only those that changed something at or below it
   */
  Stream<SnapshotSummary> log(Ref ref, TreePath path);

  /** What differs between two trees, in order of path, unnamed assets last. */
  Differences diff(DiffOptions options);

  /** Brings the changes of {@code from} into a branch without changes since its snapshot. */
  MergeOutcome merge(Name into, Ref from, MergeOptions options);

  /** Undoes what the snapshot of {@code ref} changed, as a new snapshot of a branch. */
  MergeOutcome revert(Name branch, Ref ref, MergeOptions options);

  /**
   * Makes a path of a branch's working state, with all below, what {@code from} is in a ref.
   * Returns how many entries are there now.
   */
  long checkout(Name branch, TreePath to, Ref ref, TreePath from);

  /**
   * Forgets a snapshot, so that what only it holds can be collected.
   *
   * @throws io.aifs.core.AifsException.Precondition if a branch, a tag or another snapshot needs it
   */
  void prune(SnapshotId id);

  /**
   * A snapshot that was asked for.
   *
   * @param unchanged nothing was new, and it is the branch's newest
   */
  record Taken(SnapshotSummary snapshot, boolean unchanged) {
    public Taken {
      requireNonNull(snapshot, "snapshot is null");
    }
  }

  /**
   * Whether a snapshot is what was signed.
   *
   * @param problems what is wrong, most important first
   * @param nodes how many nodes of its trees were recomputed
   * @param entries how many entries these hold
   */
  record Verdict(
      SnapshotId id,
      boolean valid,
      boolean signatureValid,
      List<String> problems,
      long nodes,
      long entries) {
    public Verdict {
      problems = List.copyOf(problems);
    }
  }

  /** What a proof is about. */
  sealed interface Subject {
    /** A path. */
    record OfPath(TreePath path) implements Subject {}

    /** An asset without a path. */
    record OfUnnamed(Digest asset) implements Subject {}
  }

  /** The bytes of a proof file: {@code docs/format/snapshot-proof.md}. */
  @SuppressWarnings("ArrayRecordComponent") // a file; never compared
  record Proof(SnapshotId snapshot, byte[] bytes) {}

  /**
   * A comparison.
   *
   * @param from the snapshot of the earlier side; empty for a working state
   * @param to the snapshot of the later side; empty for a working state
   * @param paths to be gone through once
   */
  record Differences(
      Optional<SnapshotId> from, Optional<SnapshotId> to, Stream<PathDifference> paths) {}
}
