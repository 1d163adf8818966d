package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Something a check found.
 *
 * @param code a stable word for programs, such as {@code pack-damaged}
 * @param hint what to do next
 * @param assets ids of assets it touches, as far as known
 * @param paths paths that name them, as far as known
 */
public record Finding(
    Severity severity,
    String code,
    String message,
    String hint,
    List<String> assets,
    List<String> paths) {
  public Finding {
    requireNonNull(severity, "severity is null");
    assets = List.copyOf(assets);
    paths = List.copyOf(paths);
  }

  public Finding(Severity severity, String code, String message, String hint) {
    this(severity, code, message, hint, List.of(), List.of());
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
}
