package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a put is told as: the assets that were not there before, each at its first path; those that
 * changed; and every other path that was put.
 *
 * @param rows of all assets that were put, as they are now
 */
record PutEvents(long namespace, Name branch, Map<Digest, AssetRow> rows, Instant now) {
  static final String ASSET_UPDATE = "asset.update";
  static final String TREE_PUT = "tree.put";
  static final String BRANCH = "branch";

  /**
   * Appends the events, that of the assets that are new first.
   *
   * @param replaced values of metadata that are gone, by asset
   * @return the sequence of the last
   */
  long append(
      CatalogWriter writer,
      Set<Digest> born,
      Set<Digest> updated,
      Map<Digest, Map<String, String>> replaced,
      List<PathEntry> paths) {
    Map<Digest, TreePath> firstPaths = new HashMap<>();
    List<EventItem> otherPaths = new ArrayList<>();
    for (PathEntry path : paths) {
      if (!(path.entry() instanceof TreeEntry.File file)
          || !born.contains(file.asset())
          || firstPaths.putIfAbsent(file.asset(), path.path()) != null) {
        otherPaths.add(EventItem.of(path));
      }
    }
    List<EventRow> events = new ArrayList<>();
    if (!born.isEmpty()) {
      List<EventItem> items = new ArrayList<>();
      for (Digest id : born) {
        EventItem item = item(id);
        TreePath path = firstPaths.get(id);
        items.add(path == null ? item : item.at(path));
      }
      events.add(
          event(
              EventRow.ASSET_PUT,
              items,
              firstPaths.isEmpty() ? Map.of() : Map.of(BRANCH, branch.value())));
    }
    addUpdates(updated, replaced, events);
    if (!otherPaths.isEmpty()) {
      events.add(event(TREE_PUT, otherPaths, Map.of(BRANCH, branch.value())));
    }
    long version = writer.events().newest();
    for (EventRow event : events) {
      version = writer.events().append(event);
    }
    return version;
  }

  /** Those that lost values have an event each, since it holds the values. */
  private void addUpdates(
      Set<Digest> updated, Map<Digest, Map<String, String>> replaced, List<EventRow> events) {
    Collection<EventItem> plain =
        updated.stream().filter(id -> !replaced.containsKey(id)).map(this::item).toList();
    if (!plain.isEmpty()) {
      events.add(event(ASSET_UPDATE, List.copyOf(plain), Map.of()));
    }
    for (Digest id : updated) {
      Map<String, String> lost = replaced.get(id);
      if (lost != null) {
        events.add(event(ASSET_UPDATE, List.of(item(id)), lost));
      }
    }
  }

  private EventItem item(Digest id) {
    AssetRow row = requireNonNull(rows.get(id));
    return EventItem.of(id, row.kind(), row.size());
  }

  private EventRow event(String type, List<EventItem> items, Map<String, String> details) {
    return EventRow.of(namespace, type, now, items, details);
  }
}
