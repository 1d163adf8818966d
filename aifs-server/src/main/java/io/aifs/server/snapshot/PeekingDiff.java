package io.aifs.server.snapshot;

import java.util.Optional;

/** Differences that can be looked at before they are taken. Not thread-safe. */
final class PeekingDiff {
  private final TreeDiff diff;
  private Optional<TreeDifference> next;

  PeekingDiff(TreeDiff diff) {
    this.diff = diff;
    this.next = read();
  }

  /** The next difference; empty if none is left. */
  Optional<TreeDifference> peek() {
    return next;
  }

  TreeDifference take() {
    TreeDifference taken = next.orElseThrow();
    next = read();
    return taken;
  }

  private Optional<TreeDifference> read() {
    return diff.hasNext() ? Optional.of(diff.next()) : Optional.empty();
  }
}
