package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.grpc.gate.VersionGate;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How new the index of a search must be. With a version that the call demands the answer has it or
 * there is none; otherwise the search waits a while for what was written before it, and then says
 * how far the index is.
 *
 * @param demanded the version that the call demands, if it does
 * @param patience how long to wait for it
 */
record Freshness(OptionalLong demanded, Duration patience) {
  private static final int MILLIS_DEFAULT = 1_000;
  private static final int MILLIS_MAX = 60_000;

  /** That of the call that this thread works for, which asks for so many milliseconds. */
  static Freshness of(int millis) {
    if (millis < 0 || millis > MILLIS_MAX) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "freshness_millis",
          "freshness_millis is outside 0.." + MILLIS_MAX + ": " + millis,
          "0 waits up to a second");
    }
    OptionalLong demanded = VersionGate.demanded();
    if (demanded.isPresent()) {
      return new Freshness(demanded, VersionGate.patience());
    }
    return new Freshness(demanded, Duration.ofMillis(millis == 0 ? MILLIS_DEFAULT : millis));
  }

  /**
   * Returns if an answer with this version will do.
   *
   * @throws AifsException.Unavailable otherwise
   */
  void require(long version) {
    if (demanded.isPresent() && version < demanded.getAsLong()) {
      throw new AifsException.Unavailable(
          Reason.VERSION_NOT_REACHED,
          "the index is at version "
              + version
              + ", and version "
              + demanded.getAsLong()
              + " is demanded",
          "try again, or demand none; 'aifs index list' says how far it is",
          null);
    }
  }
}
