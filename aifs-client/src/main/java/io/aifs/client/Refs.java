package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Branches and tags of the namespace. Thread-safe. Streams ask for the next page when they get
 * there, and fail there.
 */
public interface Refs {
  /**
   * Makes a branch at a ref.
   *
   * @throws io.aifs.core.AifsException.AlreadyExists if the name is taken
   */
  Branch startBranch(Name name, Ref at, Map<String, String> metadata, String why);

  /**
   * Moves a branch to a ref.
   *
   * @param force also if the working state holds changes, which are kept as a snapshot
   * @throws io.aifs.core.AifsException.Conflict if it is not at {@code expected}: says who moved it
   * @throws io.aifs.core.AifsException.Precondition if it is protected or holds changes
   */
  Branch moveBranch(Name name, Ref to, SnapshotId expected, boolean force, String why);

  /** Ends a branch, and returns where it stood; its history stays. */
  SnapshotId endBranch(Name name, boolean force, String why);

  /** Makes a branch move only forward and never end, or lifts that. */
  Branch protectBranch(Name name, boolean isProtected);

  Branch branch(Name name);

  /** In order of name. */
  Stream<Branch> branches();

  /** Where a branch stood, newest first; also of one that ended. */
  Stream<Move> moves(Name branch);

  /**
   * Names a snapshot for good.
   *
   * @throws io.aifs.core.AifsException.AlreadyExists if the name is or was another snapshot's
   */
  Tag makeTag(Name name, Ref at, Map<String, String> metadata);

  /** In order of name. */
  Stream<Tag> tags();

  /** Removes a tag; its name never means another snapshot. */
  void deleteTag(Name name);

  /**
   * A branch.
   *
   * @param snapshot its newest
   * @param changed whether the working state holds changes since
   */
  record Branch(
      Name name,
      SnapshotId snapshot,
      Instant createdAt,
      Instant updatedAt,
      Map<String, String> metadata,
      boolean isProtected,
      boolean changed) {
    public Branch {
      requireNonNull(name, "name is null");
      requireNonNull(snapshot, "snapshot is null");
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * A step of a branch's history.
   *
   * @param sequence its place in the store's order of events
   * @param from empty when the branch was made
   * @param to empty when it ended
   * @param who the id of the token
   */
  record Move(
      long sequence,
      Optional<SnapshotId> from,
      Optional<SnapshotId> to,
      Instant at,
      String who,
      String why,
      Map<String, String> metadata) {
    public Move {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * A tag.
   *
   * @param who the id of the token that made it
   */
  record Tag(
      Name name, SnapshotId snapshot, Instant createdAt, Map<String, String> metadata, String who) {
    public Tag {
      requireNonNull(name, "name is null");
      requireNonNull(snapshot, "snapshot is null");
      metadata = Map.copyOf(metadata);
    }
  }
}
