package io.aifs.server;

import java.time.Duration;

/**
 * How the jobs of a served store work.
 *
 * @param scrubInterval in what time every asset is read back once
 */
public record JobSettings(Duration scrubInterval) {
  public static final JobSettings DEFAULT = new JobSettings(Duration.ofDays(30));

  public JobSettings {
    if (scrubInterval.toMillis() < 1) {
      throw new IllegalArgumentException("scrubInterval is not positive: " + scrubInterval);
    }
  }
}
