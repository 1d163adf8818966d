package io.aifs.server.engine;

import java.util.List;

/** One run of a check: counts, and passes on findings and progress. Not thread-safe. */
final class CheckRun {
  private static final int PROGRESS_EVERY = 1_000;

  private final CheckListener listener;
  private long checked;
  private long checkedBytes;
  private long damaged;
  private long warnings;

  CheckRun(CheckListener listener) {
    this.listener = listener;
  }

  void checked(long bytes) {
    checked++;
    checkedBytes += bytes;
    if (checked % PROGRESS_EVERY == 0) {
      listener.progress(tally());
    }
  }

  void warn(String code, String message, String hint) {
    report(new Finding(Finding.Severity.WARNING, code, message, hint));
  }

  void damage(String code, String message, String hint) {
    report(new Finding(Finding.Severity.DAMAGE, code, message, hint));
  }

  void damagedAsset(String code, String message, String hint, String asset, List<String> paths) {
    report(new Finding(Finding.Severity.DAMAGE, code, message, hint, List.of(asset), paths));
  }

  void report(Finding finding) {
    switch (finding.severity()) {
      case INFO -> {}
      case WARNING -> warnings++;
      case DAMAGE -> damaged++;
    }
    listener.finding(finding);
  }

  boolean foundDamage() {
    return damaged > 0;
  }

  CheckTally tally() {
    return new CheckTally(checked, checkedBytes, damaged, warnings);
  }
}
