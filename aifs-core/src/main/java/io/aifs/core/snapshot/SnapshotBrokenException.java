package io.aifs.core.snapshot;

import java.io.IOException;
import java.io.Serial;

/** A snapshot, its signature, or a key of its namespace is not what it claims to be. */
public final class SnapshotBrokenException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Fault {
    /** The bytes are not those of a statement. */
    MALFORMED,
    /** The bytes are of a later version, which this build cannot judge. */
    NEWER,
    /** The statement is that of another snapshot. */
    OTHER_SNAPSHOT,
    /** The statement names another key than the one it is checked with. */
    OTHER_KEY,
    /** The signature is not of this key over this statement. */
    SIGNATURE,
    /** A key is not endorsed as it says. */
    ENDORSEMENT,
    /** The entry is not in the snapshot. */
    NOT_INCLUDED,
    /** The content is not that of the entry. */
    CONTENT
  }

  private final Fault fault;

  public SnapshotBrokenException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
