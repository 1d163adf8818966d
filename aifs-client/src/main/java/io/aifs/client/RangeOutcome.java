package io.aifs.client;

import io.aifs.core.AifsException;
import java.io.IOException;

/** What came of one range of {@link Assets#readAll}. */
public sealed interface RangeOutcome {
  /** All bytes of the range; the receiver may keep and change them. */
  @SuppressWarnings("ArrayRecordComponent") // an answer, never compared
  record Read(byte[] bytes) implements RangeOutcome {}

  /** The range cannot be read: the asset is unknown, deleted or damaged, or too short for it. */
  record Failed(AifsException why) implements RangeOutcome {}

  /** Takes outcomes, each once, in the order of the ranges. */
  @FunctionalInterface
  interface Receiver {
    /**
     * Takes one. The server waits meanwhile and gives up after a minute, so slow work belongs
     * elsewhere.
     *
     * @param range the place of the range in the list, from 0
     */
    void accept(int range, RangeOutcome outcome) throws IOException;
  }
}
