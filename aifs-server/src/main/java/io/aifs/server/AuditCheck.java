package io.aifs.server;

import io.aifs.server.audit.AuditLog;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.KeyCheck;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The audit log's chain among what fsck checks. Nothing about it can be repaired. */
final class AuditCheck implements KeyCheck {
  private static final int PROBLEMS_MAX = 100;

  private final AuditLog log;

  AuditCheck(AuditLog log) {
    this.log = log;
  }

  @Override
  public void check(boolean repair, Consumer<Finding> findings) {
    Counted problems = new Counted(findings);
    try {
      log.verify(List.of(), problems, _ -> {});
    } catch (IOException e) {
      problems.accept("it cannot be read: " + e.getMessage());
    }
    problems.end();
  }

  /** Passes on so many, and counts the rest. */
  private static final class Counted implements Consumer<String> {
    private final Consumer<Finding> findings;
    private long count;

    Counted(Consumer<Finding> findings) {
      this.findings = findings;
    }

    @Override
    public void accept(String problem) {
      count++;
      if (count <= PROBLEMS_MAX) {
        report("audit log: " + problem);
      }
    }

    void end() {
      if (count > PROBLEMS_MAX) {
        report("audit log: " + (count - PROBLEMS_MAX) + " more problems");
      }
    }

    private void report(String message) {
      findings.accept(
          new Finding(
              Finding.Severity.DAMAGE,
              "audit-log-broken",
              message,
              "keep a copy of audit/; 'aifs audit verify' with a head that was exported before tells"
                  + " how far the log can be trusted"));
    }
  }
}
