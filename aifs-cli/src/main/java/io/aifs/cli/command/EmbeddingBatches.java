package io.aifs.cli.command;

import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.vectors.EmbeddingLine;
import io.aifs.client.AifsClient;
import io.aifs.client.PathInfo;
import io.aifs.client.Search;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeddings from lines of JSON, in batches, so that memory does not grow with them. What paths
 * name is asked once for each batch and ref.
 */
final class EmbeddingBatches {
  private static final long BATCH_BYTES = 32 << 20;

  private final BufferedReader reader;
  private final Places places;
  private final AifsClient client;
  private long line;

  EmbeddingBatches(BufferedReader reader, Places places, AifsClient client) {
    this.reader = reader;
    this.places = places;
    this.client = client;
  }

  /** The next embeddings; empty at the end. */
  List<Search.Embedding> next() throws IOException {
    List<Located> batch = new ArrayList<>();
    Map<Ref, List<TreePath>> asked = new LinkedHashMap<>();
    long bytes = 0;
    while (batch.size() < Limits.BATCH_ENTRIES_MAX && bytes < BATCH_BYTES) {
      String text = reader.readLine();
      if (text == null) {
        break;
      }
      line++;
      if (!text.isBlank()) {
        Located located = located(text);
        if (located.place instanceof Place.OfPath path) {
          asked.computeIfAbsent(path.ref(), _ -> new ArrayList<>()).add(path.path());
        }
        batch.add(located);
        bytes += text.length();
      }
    }
    Map<Ref, Map<TreePath, PathInfo>> found = new LinkedHashMap<>();
    asked.forEach((ref, paths) -> found.put(ref, client.tree().stat(ref, paths)));
    return batch.stream().map(located -> embedding(located, found)).toList();
  }

  private record Located(long line, Place place, EmbeddingLine what) {}

  private Located located(String text) {
    EmbeddingLine what;
    try {
      what = EmbeddingLine.parse(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error(
          "line " + line + ": " + e.getMessage(),
          "write {\"path\":\"main:cats/1.png\",\"vector\":[0.12,-0.5]} on each line");
    }
    Place place = places.find(what.address());
    if (!place.namespace().equals(client.namespace())) {
      throw Usage.error(
          "line " + line + ": " + place + " is of another namespace",
          "put what belongs to " + client.namespace() + " alone into one file");
    }
    return new Located(line, place, what);
  }

  private static Search.Embedding embedding(
      Located located, Map<Ref, Map<TreePath, PathInfo>> found) {
    Digest asset =
        switch (located.place) {
          case Place.OfAsset(_, Digest id) -> id;
          case Place.OfPath path -> {
            PathInfo info = found.getOrDefault(path.ref(), Map.of()).get(path.path());
            if (info != null && info.entry() instanceof TreeEntry.File file) {
              yield file.asset();
            }
            throw new AifsException.NotFound(
                Reason.PATH_NOT_FOUND,
                "line " + located.line + ": no file is at " + path,
                "'aifs ls' shows what is there");
          }
        };
    return new Search.Embedding(asset, located.what.part(), located.what.vector());
  }
}
