package io.aifs.server.auth;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much a token may be used.
 *
 * @param callBytesMax message bytes of one call, in each direction
 * @param rates each must let a call through
 */
public record CallLimits(OptionalLong callBytesMax, List<Rate> rates) {
  public static final CallLimits NONE = new CallLimits(OptionalLong.empty(), List.of());

  public CallLimits {
    rates = List.copyOf(rates);
  }

  /**
   * So many calls in so much time, by all that share the bucket.
   *
   * @param bucket names the token that was given this rate: what is attenuated from it shares it
   */
  public record Rate(String bucket, long calls, Duration per) {}
}
