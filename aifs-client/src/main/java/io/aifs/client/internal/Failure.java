package io.aifs.client.internal;

import io.aifs.core.AifsException;
import java.time.Duration;

/**
 * Why an attempt failed.
 *
 * @param passing whether the same attempt may succeed later
 * @param retryAfter how long the server asks to wait before that; zero when it does not say
 */
record Failure(AifsException exception, boolean passing, Duration retryAfter) {
  static Failure lasting(AifsException exception) {
    return new Failure(exception, false, Duration.ZERO);
  }
}
