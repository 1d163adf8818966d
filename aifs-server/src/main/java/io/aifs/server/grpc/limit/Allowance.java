package io.aifs.server.grpc.limit;

import io.aifs.server.auth.CallLimits;
import io.aifs.server.model.CallRates;
import java.util.concurrent.TimeUnit;

/**
 * What an {@link Account} may use; 0 is no limit.
 *
 * @param calls so many in {@code nanos}
 */
record Allowance(
    long calls, long nanos, long concurrentCalls, long bytesPerSecond, long searchesPerSecond) {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  static Allowance of(CallRates rates) {
    return new Allowance(
        rates.callsPerSecond(),
        SECOND,
        rates.concurrentCalls(),
        rates.bytesPerSecond(),
        rates.searchesPerSecond());
  }

  static Allowance of(CallLimits.Rate rate) {
    return new Allowance(rate.calls(), rate.per().toNanos(), 0, 0, 0);
  }

  boolean isNone() {
    return calls == 0 && concurrentCalls == 0 && bytesPerSecond == 0 && searchesPerSecond == 0;
  }
}
