package io.aifs.client.internal;

/** What a client compresses on the wire. */
public enum Compression {
  /** Nothing: both ends share a machine's memory, and copying is cheaper. */
  NONE,
  /** Lists, questions and batches, which are text; not the bytes of assets. */
  CALLS,
  /** Also frames of assets, those of which a sample compresses. */
  CALLS_AND_DATA
}
