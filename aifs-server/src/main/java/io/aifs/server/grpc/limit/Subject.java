package io.aifs.server.grpc.limit;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.server.auth.CallLimits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Whose limit it is, in failures. */
sealed interface Subject {
  /** All tokens of one family. */
  record Token() implements Subject {
    static final Token TOKEN = new Token();

    @Override
    public String who() {
      return "the token";
    }

    @Override
    public String limit(String name) {
      return "setting limits_token_" + name;
    }
  }

  /** All that hold a token with this caveat. */
  record Caveat(CallLimits.Rate rate) implements Subject {
    @Override
    public String who() {
      return "the token";
    }

    @Override
    public String limit(String name) {
      return "its caveat rate";
    }

    @Override
    public Duration per() {
      return rate.per();
    }
  }

  /** All that work in it. */
  record Namespace(Name name) implements Subject {
    @Override
    public String who() {
      return "namespace '" + name + "'";
    }

    @Override
    public String limit(String name) {
      return "rates." + name + " of its policy";
    }
  }

  String who();

  /** Where the limit of this name stands. */
  String limit(String name);

  /** In what time so many calls may be made. */
  default Duration per() {
    return Duration.ofSeconds(1);
  }

  /** What a refused call is told. */
  default AifsException.LimitExceeded failure(Entry.Refused refused) {
    long waitMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(refused.waitNanos()));
    String most = Long.toString(refused.most());
    return switch (refused.what()) {
      case CALLS ->
          failure(
              Reason.RATE_LIMITED,
              "may make " + most + " calls in " + per().toSeconds() + " s",
              "calls_per_second",
              waitMillis);
      case BYTES ->
          failure(
              Reason.RATE_LIMITED,
              "may carry " + most + " bytes a second, and has carried more",
              "bytes_per_second",
              waitMillis);
      case SEARCHES ->
          failure(
              Reason.RATE_LIMITED,
              "may make " + most + " searches a second, each query of a batch counted",
              "searches_per_second",
              waitMillis);
      case CONCURRENT_CALLS ->
          failure(
              Reason.CONCURRENCY_LIMITED,
              "may have " + most + " calls under way at the same time",
              "concurrent_calls",
              waitMillis);
    };
  }

  private AifsException.LimitExceeded failure(
      Reason reason, String may, String limit, long waitMillis) {
    return new AifsException.LimitExceeded(
        reason,
        who() + " " + may + " (" + limit(limit) + ")",
        "try again in " + waitMillis + " ms, and make fewer calls at once",
        waitMillis);
  }
}
