package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.address.Ref;
import io.aifs.core.model.TreePath;
import java.util.Optional;

/**
 * What to compare.
 *
 * @param from the earlier side; empty for the newest snapshot of the branch that {@code to} names
 * @param to the later side; a bare branch is its working state
 * @param path only at and below it
 * @param attributes whether modes and times count too
 * @param unnamed whether the assets without a path are compared too
 */
public record DiffOptions(
    Optional<Ref> from, Ref to, TreePath path, boolean attributes, boolean unnamed) {
  public DiffOptions {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(path, "path is null");
  }

  /** What changed on a branch since its newest snapshot. */
  public static DiffOptions changesOf(Ref branch) {
    return new DiffOptions(Optional.empty(), branch, TreePath.ROOT, false, true);
  }
}
