package io.aifs.server.grpc;

import io.aifs.server.engine.token.TokenUseLog;
import io.aifs.server.grpc.gate.LiveCalls;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What a server does about tokens every now and then. */
final class TokenTimes {
  private static final System.Logger LOG = System.getLogger(TokenTimes.class.getName());

  /** A call goes on for no longer than this after its token has ended by itself. */
  private static final long LOOK_MILLIS = 2_000;

  private static final long NOTE_MILLIS = TokenUseLog.PRECISION.toMillis();

  private TokenTimes() {}

  /**
   * Begins; ends with the timer.
   *
   * @param executor writes to the catalog, for which the timer has no time
   */
  static void begin(
      ScheduledExecutorService timer, Executor executor, LiveCalls live, TokenUseLog uses) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> look(live), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    var _ =
        timer.scheduleWithFixedDelay(
            () -> note(executor, uses), NOTE_MILLIS, NOTE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The timer drops what throws. */
  private static void look(LiveCalls live) {
    try {
      var _ = live.endRefused();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "looking for calls with tokens that ended failed", e);
    }
  }

  private static void note(Executor executor, TokenUseLog uses) {
    try {
      executor.execute(uses::write);
    } catch (RejectedExecutionException _) {
      // The server is being closed, and the store notes them as it closes.
    }
  }
}
