package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** Looks up the assets of many ranges, all at one instant. Thread-safe. */
record RangesOpener(Catalog catalog, ChunkStores chunkStores, Executor executor) {
  /**
   * Ranges to read; one of an asset that is not there fails alone.
   *
   * @param visible the ids that the caller may know of; others are as if they were unknown
   */
  RangesReader open(NamespaceRow namespace, List<ContentRange> ranges, Predicate<Digest> visible) {
    Set<Digest> ids = new LinkedHashSet<>();
    Map<Digest, AifsException> absent = new HashMap<>();
    for (ContentRange range : ranges) {
      if (visible.test(range.asset())) {
        ids.add(range.asset());
      } else {
        absent.put(range.asset(), AssetService.unknown(namespace, range.asset()));
      }
    }
    ChunkSource chunks = chunkStores.content(namespace.domain());
    Map<Digest, ContentReader> found =
        catalog.read(reader -> find(reader, namespace, ids, absent, chunks));
    return new RangesReader(new RangePlan(ranges, found, absent), chunks, executor);
  }

  private Map<Digest, ContentReader> find(
      CatalogReader reader,
      NamespaceRow namespace,
      Set<Digest> ids,
      Map<Digest, AifsException> absent,
      ChunkSource chunks) {
    Map<Digest, AssetRow> rows = reader.assets().findAll(namespace.number(), ids);
    Map<Digest, ContentReader> found = HashMap.newHashMap(ids.size());
    for (Digest id : ids) {
      AssetRow row = rows.get(id);
      if (row == null) {
        absent.put(id, AssetService.notFound(reader, namespace, id));
      } else {
        found.put(id, new ContentReader(row, chunks, executor));
      }
    }
    return found;
  }
}
