package io.aifs.cli.progress;

/** How far something is, as a {@link ProgressDisplay} shows it. Asked from another thread. */
@FunctionalInterface
public interface Progress {
  /** One line without a line end. */
  String text(long elapsedNanos);
}
