package io.aifs.server.chunk;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.Compressed;
import io.aifs.core.chunk.ZstdDictionary;
import io.aifs.crypto.RecordType;
import java.util.Optional;

/** Finds the shortest way to store a chunk. */
record ChunkForm(ChunkCompressor compressor, Dictionaries dictionaries) {
  /** As it came to be stored, or else the shortest without another chunk. */
  Compressed alone(RecordType type, Chunk chunk) {
    return chunk.compressed().orElseGet(() -> compressed(type, chunk));
  }

  private Compressed compressed(RecordType type, Chunk chunk) {
    ZstdDictionary dictionary = dictionaries.forChunk(type, chunk.length());
    return chunk.numbers().isPresent()
        ? compressor.compressNumbers(
            chunk.numbers().get().width(),
            dictionary,
            chunk.bytes(),
            chunk.offset(),
            chunk.length())
        : compressor.compress(dictionary, chunk.bytes(), chunk.offset(), chunk.length());
  }

  /** As a difference to a base, if that is well shorter. */
  Optional<Compressed> difference(Chunk chunk, Bases.Base base, Compressed alone) {
    if (chunk.numbers().isEmpty() || base.content().length != chunk.length()) {
      return Optional.empty();
    }
    return compressor.compressDelta(
        chunk.numbers().get().width(),
        chunk.bytes(),
        chunk.offset(),
        chunk.length(),
        base.content(),
        alone.length());
  }
}
