package io.aifs.server.catalog.sqlite;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;

/** What a call hears after close. */
final class Closed {
  static AifsException failure() {
    return new AifsException.Unavailable(
        Reason.SHUTTING_DOWN, "the catalog is closed", "Try again when the server is back.", null);
  }

  private Closed() {}
}
