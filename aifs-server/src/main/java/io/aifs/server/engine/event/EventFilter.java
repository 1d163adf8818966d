package io.aifs.server.engine.event;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which events a subscriber wants. Of each list one entry must fit; an empty list fits all.
 *
 * @param types of which the event's type is one, or begins with one that ends with {@code *}
 * @param paths at or below which it happened; also what happened to a directory above one
 * @param kinds of the asset
 * @param branches that it happened to
 * @param lineage whether lineage events are wanted when no type is named, or another
 */
public record EventFilter(
    List<String> types,
    List<TreePath> paths,
    Set<AssetKind> kinds,
    List<Name> branches,
    boolean lineage) {
  /** Wants everything. */
  public static final EventFilter ALL =
      new EventFilter(List.of(), List.of(), Set.of(), List.of(), true);

  private static final String LINEAGE = "lineage.";

  public EventFilter {
    types = List.copyOf(types);
    paths = List.copyOf(paths);
    kinds = Set.copyOf(kinds);
    branches = List.copyOf(branches);
  }

  /** Wants what either list of both names; lineage if either does. */
  public EventFilter and(EventFilter other) {
    Set<AssetKind> bothKinds = new HashSet<>(kinds);
    bothKinds.addAll(other.kinds);
    return new EventFilter(
        joined(types, other.types),
        joined(paths, other.paths),
        bothKinds,
        joined(branches, other.branches),
        lineage || other.lineage);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** Whether the subscriber wants the event. */
  public boolean wants(FeedEvent event) {
    return wantsType(event.type())
        && (branches.isEmpty() || branches.stream().anyMatch(event::isOf))
        && (kinds.isEmpty()
            || event.about().filter(about -> kinds.contains(about.kind())).isPresent())
        && (paths.isEmpty() || wantsPath(event));
  }

  private boolean wantsType(String type) {
    if (type.startsWith(LINEAGE) && lineage) {
      return true;
    }
    if (types.isEmpty()) {
      return !type.startsWith(LINEAGE);
    }
    return types.stream().anyMatch(pattern -> fits(pattern, type));
  }

  private static boolean fits(String pattern, String type) {
    return pattern.endsWith("*")
        ? type.startsWith(pattern.substring(0, pattern.length() - 1))
        : type.equals(pattern);
  }

  private boolean wantsPath(FeedEvent event) {
    return event.path().filter(path -> wantsPath(path, event.directory())).isPresent()
        || event.fromPath().filter(path -> wantsPath(path, event.directory())).isPresent();
  }

  private boolean wantsPath(TreePath path, boolean directory) {
    for (TreePath wanted : paths) {
      if (wanted.contains(path) || (directory && path.contains(wanted))) {
        return true;
      }
    }
    return false;
  }
}
