package io.aifs.core.address;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.time.Instant;

/** The second part of an address: which state of a namespace. {@code toString} is its spelling. */
public sealed interface Ref {
  /** The working state of branch {@code main}. */
  Ref MAIN = new Named(Name.MAIN_BRANCH);

  /** The working state of a branch. */
  static Ref ofBranch(Name branch) {
    return new Named(branch);
  }

  /**
   * Reads a ref's spelling.
   *
   * @throws IllegalArgumentException if it is none, worded for users
   */
  static Ref parse(String text) {
    return RefParser.parse(text);
  }

  /** What a suffix may follow. */
  sealed interface Base extends Ref {}

  /** A branch, as it is now, or a tag. */
  record Named(Name name) implements Base {
    public Named {
      requireNonNull(name, "name is null");
    }

    @Override
    public String toString() {
      return name.value();
    }
  }

  /** {@code snap:<id>}: one snapshot. */
  record Snapshot(SnapshotId id) implements Base {
    static final String PREFIX = "snap:";

    public Snapshot {
      requireNonNull(id, "id is null");
    }

    @Override
    public String toString() {
      return PREFIX + id;
    }
  }

  /** {@code ref~n}: the snapshot {@code generations} first parents before the base's. */
  record Ancestor(Base base, int generations) implements Ref {
    public Ancestor {
      requireNonNull(base, "base is null");
      if (generations < 0 || generations > Limits.REF_GENERATIONS_MAX) {
        throw new IllegalArgumentException(
            "generations are outside 0.." + Limits.REF_GENERATIONS_MAX + ": " + generations);
      }
    }

    @Override
    public String toString() {
      return base + "~" + generations;
    }
  }

  /** <code>ref@{time}</code>: what the branch stood at, at that time. */
  record AsOf(Named base, Instant time) implements Ref {
    public AsOf {
      requireNonNull(base, "base is null");
      requireNonNull(time, "time is null");
    }

    @Override
    public String toString() {
      return base + "@{" + time + "}";
    }
  }
}
