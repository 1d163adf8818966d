package io.aifs.client.internal;

import java.io.Serial;
import java.time.Duration;

/** Nothing moved for the time that the caller was willing to wait. */
final class StalledException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Duration patience;

  StalledException(Duration patience) {
    super("nothing moved for " + patience);
    this.patience = patience;
  }

  Duration patience() {
    return patience;
  }
}
