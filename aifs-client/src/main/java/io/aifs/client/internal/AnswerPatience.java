package io.aifs.client.internal;

import io.aifs.core.model.AssetKind;
import java.time.Duration;

/** How long an upload that is sent waits for its answer. */
final class AnswerPatience {
  /** A server that looks into content reads it back, if need be all of it, no slower than this. */
  private static final long BYTES_PER_SECOND = 16L << 20;

  /**
   * @param stall how long a transfer may move no byte
   * @param kind servers look into content of all but blobs
   */
  static Duration of(Duration stall, AssetKind kind, long sentBytes) {
    return kind == AssetKind.BLOB ? stall : stall.plusSeconds(sentBytes / BYTES_PER_SECOND);
  }

  private AnswerPatience() {}
}
