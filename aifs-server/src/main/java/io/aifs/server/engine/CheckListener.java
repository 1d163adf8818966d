package io.aifs.server.engine;

/** Follows a running check. May throw to end it. */
public interface CheckListener {
  void finding(Finding finding);

  /** Called now and then. */
  void progress(CheckTally soFar);
}
