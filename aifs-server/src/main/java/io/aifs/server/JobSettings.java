package io.aifs.server;

import java.time.Duration;

/**
 * How the jobs of a served store work.
 *
 * @param scrubInterval in what time every asset is read back once
 * @param gcInterval how long after a collection the next begins
 * @param gcGrace how long what a collection condemned can be brought back; may be zero
 */
public record JobSettings(Duration scrubInterval, Duration gcInterval, Duration gcGrace) {
  public static final JobSettings DEFAULT =
      new JobSettings(Duration.ofDays(30), Duration.ofDays(1), Duration.ofDays(1));

  public JobSettings {
    requirePositive("scrubInterval", scrubInterval);
    requirePositive("gcInterval", gcInterval);
    if (gcGrace.isNegative()) {
      throw new IllegalArgumentException("gcGrace is negative: " + gcGrace);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + " is not positive: " + value);
    }
  }
}
