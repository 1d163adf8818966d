package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.audit.AuditLog;
import io.aifs.server.engine.Failures;
import java.io.IOException;

/** Gives up the reserve for the audit log's sake: what was done must be in it. */
record AuditRoom(StoreSpace space) implements AuditLog.Room {
  @Override
  public boolean release(IOException failure) {
    return Failures.isFullDisk(failure) && space.release();
  }

  @Override
  public AifsException refusal(IOException failure) {
    if (Failures.isFullDisk(failure)) {
      return new AifsException.LimitExceeded(
          Reason.DISK_FULL,
          "the disk is full: the audit log cannot be written, and nothing is changed without it",
          "free some space on the file system of the data directory and try again; deleting works"
              + " as long as its reserve lasts");
    }
    return new AifsException.Unavailable(
        Reason.IO_FAILED,
        "the audit log cannot be written, and nothing is changed without it: "
            + failure.getMessage(),
        "look at the disk of the data directory, then try again",
        failure);
  }
}
