package io.aifs.server.engine;

/** One run of a check: counts, and passes on findings and progress. Not thread-safe. */
final class CheckRun {
  private static final int PROGRESS_EVERY = 1_000;

  private final CheckListener listener;
  private long checked;
  private long checkedBytes;
  private long damaged;
  private long warnings;
  private long repaired;
  private long records;
  private long recordBytes;

  CheckRun(CheckListener listener) {
    this.listener = listener;
  }

  /** Counts an asset. */
  void checked(long bytes) {
    checked++;
    checkedBytes += bytes;
    step();
  }

  /** Counts a record. */
  void scanned(long bytes) {
    records++;
    recordBytes += bytes;
    step();
  }

  private void step() {
    if ((checked + records) % PROGRESS_EVERY == 0) {
      listener.progress(tally());
    }
  }

  void report(Finding finding) {
    switch (finding.severity()) {
      case INFO -> {}
      case WARNING -> warnings += finding.fixed() ? 0 : 1;
      case DAMAGE -> damaged++;
    }
    repaired += finding.fixed() ? 1 : 0;
    listener.finding(finding);
  }

  CheckTally tally() {
    return new CheckTally(checked, checkedBytes, damaged, warnings, repaired, records, recordBytes);
  }
}
