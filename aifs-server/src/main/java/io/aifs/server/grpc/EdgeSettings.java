package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.model.CallRates;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * How the edge works.
 *
 * @param messageBudgetBytes large messages in flight; also bounds the uploads at once
 * @param uploadWaitMillis how long an upload waits for its turn
 * @param stallMillis how long a transfer may move no byte
 * @param tokenRates how much each family of tokens may call
 * @param requestIds names calls whose client does not
 */
public record EdgeSettings(
    TokenVerifier verifier,
    long messageBudgetBytes,
    long uploadWaitMillis,
    long stallMillis,
    CallRates tokenRates,
    Clock clock,
    Supplier<String> requestIds) {
  private static final long UPLOAD_WAIT_MILLIS = 30_000;

  /** What a server uses unless told otherwise. */
  public static EdgeSettings of(
      TokenVerifier verifier,
      long messageBudgetBytes,
      CallRates tokenRates,
      Clock clock,
      Supplier<String> requestIds) {
    return new EdgeSettings(
        verifier,
        messageBudgetBytes,
        UPLOAD_WAIT_MILLIS,
        Limits.STALL_MILLIS,
        tokenRates,
        clock,
        requestIds);
  }
}
