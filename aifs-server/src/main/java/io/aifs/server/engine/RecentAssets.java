package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.journal.AssetOp;
import io.aifs.server.catalog.journal.JournalOp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of assets that were read lately, so that hot ones cost no query. A row is dropped by the
 * write that changes it, before that write returns; a row read while a write was under way is not
 * kept. Path counts may be old. Thread-safe: split by id into parts that do not wait for each
 * other.
 */
public final class RecentAssets {
  private static final int PARTS = 64;
  private static final int ROWS_MAX = 16_384;

  /** A larger row is read each time. */
  private static final int ROW_BYTES_MAX = 4_096;

  private final Part[] parts = new Part[PARTS];

  private RecentAssets(int rowsMax) {
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part(rowsMax / PARTS);
    }
  }

  /** Keeps some thousand rows of a catalog whose every write is told to {@link #changed}. */
  public static RecentAssets ofDefaultSize() {
    return new RecentAssets(ROWS_MAX);
  }

  /** Keeps nothing. */
  public static RecentAssets none() {
    return new RecentAssets(0);
  }

  private record Key(long namespace, Digest id) {}

  /** Guarded by itself. */
  private static final class Part {
    private final LinkedHashMap<Key, AssetRow> rows = new LinkedHashMap<>(16, 0.75f, true);
    private final int rowsMax;
    private long changes;

    private Part(int rowsMax) {
      this.rowsMax = rowsMax;
    }
  }

  Optional<AssetRow> find(long namespace, Digest id) {
    Part part = part(id);
    synchronized (part) {
      return Optional.ofNullable(part.rows.get(new Key(namespace, id)));
    }
  }

  /** To be taken before a row is read from the catalog, and given to {@link #keep}. */
  long stamp(Digest id) {
    Part part = part(id);
    synchronized (part) {
      return part.changes;
    }
  }

  /** Keeps a row, unless it may have changed since it was read. */
  void keep(long stamp, long namespace, AssetRow row) {
    if (bytes(row) > ROW_BYTES_MAX) {
      return;
    }
    Part part = part(row.id());
    synchronized (part) {
      if (part.changes == stamp) {
        part.rows.put(new Key(namespace, row.id()), row);
        if (part.rows.size() > part.rowsMax) {
          part.rows.pollFirstEntry();
        }
      }
    }
  }

  /** To be told what a write has changed, before it returns. */
  public void changed(List<JournalOp> ops) {
    for (JournalOp op : ops) {
      switch (op) {
        case AssetOp.PutAll(long namespace, List<AssetRow> rows) ->
            rows.forEach(row -> drop(namespace, row.id()));
        case AssetOp.Delete delete -> drop(delete.namespace(), delete.tombstone().id());
        case AssetOp.Revive revive -> drop(revive.namespace(), revive.id());
        default -> {} // nothing of a row but its path count
      }
    }
  }

  private void drop(long namespace, Digest id) {
    Part part = part(id);
    synchronized (part) {
      part.changes++;
      part.rows.remove(new Key(namespace, id));
    }
  }

  private static int bytes(AssetRow row) {
    int bytes = row.manifest().length;
    for (Map.Entry<String, String> entry : row.metadata().entrySet()) {
      bytes += entry.getKey().length() + entry.getValue().length();
    }
    return bytes;
  }

  private Part part(Digest id) {
    return parts[Math.floorMod(id.hashCode(), PARTS)];
  }
}
