package io.aifs.server.engine.search;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.util.Optional;

/**
 * A probe as it is looked for.
 *
 * @param vector fits the space
 * @param itself an asset that is not to be found
 */
@SuppressWarnings("ArrayRecordComponent") // on its way into a search; never compared
record Target(float[] vector, Optional<Digest> itself) {
  Target {
    requireNonNull(vector, "vector is null");
    requireNonNull(itself, "itself is null");
  }
}
