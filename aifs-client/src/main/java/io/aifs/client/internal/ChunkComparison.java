package io.aifs.client.internal;

import io.aifs.client.Content;
import io.aifs.client.PutEstimate;
import io.aifs.core.chunk.RecentDigests;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.Optional;

/** Compares content with what a namespace holds, chunk by chunk, and sends none of it. */
final class ChunkComparison {
  /** A chunk that comes again within so many counts once. */
  private static final int REMEMBERED = 65_536;

  private final StoreRules store;
  private final Name namespace;
  private final UploadRules rules;
  private final RecentDigests counted = new RecentDigests(REMEMBERED);
  private long chunks;
  private long missingChunks;
  private long missingBytes;

  ChunkComparison(StoreRules store, Name namespace, UploadRules rules) {
    this.store = store;
    this.namespace = namespace;
    this.rules = rules;
  }

  PutEstimate compare(Content content) throws IOException {
    try (InputStream in = content.open()) {
      WindowReader reader = new WindowReader(in, rules);
      Optional<Digest> whole = Optional.empty();
      while (whole.isEmpty()) {
        WindowReader.Window window = reader.next();
        count(window);
        whole = window.whole();
      }
      return new PutEstimate(whole.get(), reader.length(), chunks, missingChunks, missingBytes);
    }
  }

  private void count(WindowReader.Window window) {
    chunks += window.pieces().size();
    if (window.pieces().isEmpty()) {
      return;
    }
    BitSet missing = store.missing(namespace, window.digests());
    for (int at = 0; at < window.pieces().size(); at++) {
      WindowReader.Piece piece = window.pieces().get(at);
      if (missing.get(at) && !counted.contains(piece.digest())) {
        counted.add(piece.digest());
        missingChunks++;
        missingBytes += piece.length();
      }
    }
  }
}
