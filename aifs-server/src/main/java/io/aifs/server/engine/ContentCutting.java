package io.aifs.server.engine;

import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.ContentCutter;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import java.util.List;
import java.util.function.Function;

/** How the contents of one namespace are cut, and what is told of their chunks. Thread-safe. */
final class ContentCutting {
  private final RegionFinder finder;
  private final Chunker chunker;
  private final Function<Digest, ContentReader> source;
  private final boolean readsAll;

  /**
   * @param source opens an asset of the namespace; an exception for one that is not there
   * @param readsAll whether the caller may read all of the namespace; else parents are not looked
   *     at, so that nothing of them shows in how long a put takes or how much it stores
   */
  ContentCutting(
      RegionFinder finder,
      NamespaceRow namespace,
      Function<Digest, ContentReader> source,
      boolean readsAll) {
    this.finder = finder;
    this.chunker = new Chunker(namespace.chunker());
    this.source = source;
    this.readsAll = readsAll;
  }

  /** Cuts one content. */
  ContentCutter cutter() {
    return new ContentCutter(chunker, finder);
  }

  /** The regions of one content that is cut elsewhere. */
  ContentRegions regions() {
    return new ContentRegions(finder, chunker.parameters());
  }

  /** The bases for one content. */
  TensorBases bases(List<ParentEdge> parents) {
    return new TensorBases(readsAll ? parents : List.of(), source, finder, chunker.parameters());
  }
}
