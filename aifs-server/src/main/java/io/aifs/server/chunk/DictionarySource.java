package io.aifs.server.chunk;

import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.ZstdDictionary;
import java.util.Optional;

/** Finds what a chunk was compressed with. Thread-safe. */
interface DictionarySource {
  /** Of records that are never compressed with a dictionary. */
  DictionarySource NONE = _ -> Optional.empty();

  /**
   * The dictionary of this codec; empty if it is lost, or there is none.
   *
   * @throws java.io.UncheckedIOException if the disk cannot tell now
   */
  Optional<ZstdDictionary> of(Codec codec);
}
