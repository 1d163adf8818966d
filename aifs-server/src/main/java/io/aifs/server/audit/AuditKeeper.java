package io.aifs.server.audit;

/** Settles a log within a second of each record, on a thread of its own, until it is closed. */
public final class AuditKeeper {
  private static final long PAUSE_MILLIS = 900;

  private AuditKeeper() {}

  /** Begins; ends by itself when the log is closed. */
  public static void start(AuditLog log) {
    Thread.ofPlatform().daemon().name("aifs-audit").start(() -> run(log));
  }

  private static void run(AuditLog log) {
    try {
      while (log.awaitNews() && log.pause(PAUSE_MILLIS)) {
        log.settle();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
