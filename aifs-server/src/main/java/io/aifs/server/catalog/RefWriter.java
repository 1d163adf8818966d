package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import java.time.Instant;

/**
 * Changes refs. Which changes are allowed is the engine's business; that history tells what
 * happened is this interface's. Working states are {@link TreeWriter}'s: give a new branch one, and
 * empty that of a branch before it is deleted.
 */
public interface RefWriter extends RefReader {
  /**
   * Makes, moves or deletes a branch, and keeps that in its history.
   *
   * @throws IllegalStateException if the branch does not stand at {@code move.from()}, or is to be
   *     deleted and not there
   */
  void move(long namespace, BranchMove move);

  /**
   * Says whether a branch only moves forward.
   *
   * @throws IllegalStateException if there is no such branch
   */
  void guard(long namespace, Name branch, boolean guarded);

  /**
   * Makes a tag, or brings a deleted one back with a new time, maker and metadata; {@code
   * tag.deletedAt()} is ignored.
   *
   * @throws IllegalStateException if the name is taken, or ever meant another snapshot
   */
  void makeTag(long namespace, TagRow tag);

  /** Deletes a tag; its name stays taken. Returns whether it was there. */
  boolean deleteTag(long namespace, Name tag, Instant at);
}
