package io.aifs.schemas.tensor;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a tensor of one file differs from that of the same name in another.
 *
 * @param left empty if only the right file has it
 * @param right empty if only the left file has it
 * @param change by how much; only of one that is {@link Kind#CHANGED}, and if that was asked for
 */
public record TensorDifference(
    String name,
    Kind kind,
    Optional<TensorType> left,
    Optional<TensorType> right,
    Optional<Change> change) {
  public TensorDifference {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
  }

  /** What became of it from the left file to the right. */
  public enum Kind {
    EQUAL,
    CHANGED,
    ADDED,
    REMOVED,
    TYPE_CHANGED
  }

  /**
   * What changed, over all values that are numbers in both.
   *
   * @param maxAbs largest absolute difference
   * @param mean of the differences, right minus left
   * @param norm root of the sum of their squares
   * @param changedValues values whose bits differ
   */
  public record Change(double maxAbs, double mean, double norm, long changedValues) {}
}
