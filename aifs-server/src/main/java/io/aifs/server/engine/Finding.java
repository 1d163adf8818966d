package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.server.model.PackId;
import java.util.Optional;

/**
 * Something a check found.
 *
 * @param code a stable word for programs, such as {@code pack-damaged}; {@code docs/operations.md}
 *     lists them
 * @param hint what to do next
 * @param fix what fsck can do about it
 * @param fixed whether it has been done
 * @param pack the pack it is about
 */
public record Finding(
    Severity severity,
    String code,
    String message,
    String hint,
    Touched touched,
    Optional<Fix> fix,
    boolean fixed,
    Optional<PackId> pack) {
  public Finding {
    requireNonNull(severity, "severity is null");
    requireNonNull(touched, "touched is null");
    if (fixed && fix.isEmpty()) {
      throw new IllegalArgumentException("fixed without a fix: " + code);
    }
  }

  public Finding(Severity severity, String code, String message, String hint) {
    this(severity, code, message, hint, Touched.NOTHING, Optional.empty(), false, Optional.empty());
  }

  public Finding touching(Touched what) {
    return new Finding(severity, code, message, hint, what, fix, fixed, pack);
  }

  public Finding inPack(PackId id) {
    return new Finding(severity, code, message, hint, touched, fix, fixed, Optional.of(id));
  }

  /** The same, with what can be done about it and whether it has been. */
  public Finding with(Fix remedy, boolean done) {
    return new Finding(severity, code, message, hint, touched, Optional.of(remedy), done, pack);
  }

  /** How bad it is, as data loss. */
  public enum Severity {
    /** Worth knowing; nothing is wrong. */
    INFO,
    /** Something to repair; no data is lost. */
    WARNING,
    /** Data is lost or unreadable. */
    DAMAGE
  }

  /** What fsck can do about a finding. None of these deletes what cannot be made anew. */
  public enum Fix {
    /** Count anew what the catalog keeps as a count. */
    RECOUNT("recount"),
    /** Leave a tombstone where nothing says what an asset was. */
    TOMBSTONE("tombstone"),
    /** Write a small file from its copy. */
    RESTORE_FILE("restore-file"),
    /** Build a vector index from the catalog. */
    REBUILD_INDEX("rebuild-index");

    private final String word;

    Fix(String word) {
      this.word = word;
    }

    /** A stable word for programs. */
    public String word() {
      return word;
    }
  }
}
