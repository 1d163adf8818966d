package io.aifs.crypto;

import java.io.IOException;

/** Content of which ranges are to be proven, as {@link RangeProver} asks for it. */
public interface ProvenContent {
  /** The digest of the whole. */
  Digest id();

  /** Bytes of the whole. */
  long size();

  /**
   * The chaining values of {@code count} aligned groups from {@code firstGroup}, 32 bytes each, as
   * {@link Hasher#groupChainingValues} gives them. Asked for at most {@link RangeProver#VALUES_MAX}
   * at a time, and only of content of more than one group.
   */
  byte[] groupValues(long firstGroup, int count) throws IOException;

  /** Bytes of the content: at most {@link Hasher#GROUP_BYTES}, within one group. */
  byte[] bytes(long offset, int length) throws IOException;
}
