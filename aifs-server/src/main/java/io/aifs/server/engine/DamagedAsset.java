package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import java.util.Set;

/**
 * An asset that does not read back.
 *
 * @param code of the finding
 * @param message what is wrong
 * @param places of the damaged records that it needs, as far as they are known
 * @param chunkAbsent something it needs is in no pack at all
 */
record DamagedAsset(
    Digest id, String code, String message, Set<RecordPlace> places, boolean chunkAbsent) {
  DamagedAsset {
    places = Set.copyOf(places);
  }
}
