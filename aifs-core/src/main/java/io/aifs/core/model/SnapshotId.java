package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** The id of a snapshot: 32 lower-case hex digits. */
public record SnapshotId(String hex) implements Comparable<SnapshotId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public SnapshotId {
    requireNonNull(hex, "hex is null");
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("snapshot id is not 32 lower-case hex digits");
    }
  }

  @Override
  public int compareTo(SnapshotId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
