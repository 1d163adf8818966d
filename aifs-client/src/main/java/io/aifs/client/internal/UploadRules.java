package io.aifs.client.internal;

import static java.util.Objects.requireNonNull;

import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.chunk.Compressed;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.proto.v1.ChunkRules;
import io.aifs.schemas.layout.Layouts;
import java.util.Set;

/**
 * How content is cut and compressed that goes to a namespace: as the namespace demands, and no
 * better than its server understands. Immutable.
 *
 * @param finder of the regions around which is cut
 * @param codecs what is taken beside content as it is and zstd
 */
record UploadRules(ChunkerParameters chunker, RegionFinder finder, Set<Integer> codecs) {
  /** The first codec of planes, less the bytes of a number. */
  private static final int PLANES_CODE = 32;

  UploadRules {
    requireNonNull(chunker, "chunker is null");
    requireNonNull(finder, "finder is null");
    codecs = Set.copyOf(codecs);
  }

  /** What a server says. */
  static UploadRules of(ChunkRules rules) {
    return new UploadRules(
        new ChunkerParameters(rules.getBytesMin(), rules.getBytesTarget(), rules.getBytesMax()),
        rules.getAtTensors() ? Layouts.REGIONS : RegionFinder.NONE,
        Set.copyOf(rules.getCodecsList()));
  }

  /** A chunk as it is to be sent. */
  Compressed compress(ChunkCompressor compressor, WindowReader.Piece piece) {
    int width = piece.place().map(at -> at.region().width()).orElse(0);
    return width > 1 && codecs.contains(PLANES_CODE + width)
        ? compressor.compressNumbers(width, piece.bytes(), piece.offset(), piece.length())
        : compressor.compress(piece.bytes(), piece.offset(), piece.length());
  }
}
