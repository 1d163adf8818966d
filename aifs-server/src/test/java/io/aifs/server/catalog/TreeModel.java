package io.aifs.server.catalog;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A working state as plainly as it can be said, to compare with. */
final class TreeModel {
  private final TreeMap<TreePath, TreeEntry> entries = new TreeMap<>();

  int putAll(List<PathEntry> put) {
    int before = entries.size();
    put.forEach(entry -> entries.put(entry.path(), entry.entry()));
    return entries.size() - before;
  }

  int removeAll(List<TreePath> paths) {
    int before = entries.size();
    paths.forEach(entries::remove);
    return before - entries.size();
  }

  long removeBelow(TreePath prefix) {
    long before = entries.size();
    entries.keySet().removeIf(prefix::contains);
    return before - entries.size();
  }

  long removePathsOf(Digest asset) {
    long before = entries.size();
    entries
        .values()
        .removeIf(entry -> entry instanceof TreeEntry.File file && file.asset().equals(asset));
    return before - entries.size();
  }

  long move(TreePath from, TreePath to) {
    List<PathEntry> moving = walk(from, Optional.empty(), Integer.MAX_VALUE);
    for (PathEntry entry : moving) {
      entries.remove(entry.path());
      String rest = entry.path().value().substring(from.value().length());
      entries.put(new TreePath(to.value() + rest), entry.entry());
    }
    return moving.size();
  }

  /** Makes what is at and below {@code to} what another tree has at and below {@code source}. */
  void graft(TreePath to, SortedMap<TreePath, TreeEntry> other, TreePath source) {
    removeBelow(to);
    other.forEach(
        (path, entry) -> {
          if (source.contains(path)) {
            String rest = path.value().substring(source.value().length());
            entries.put(
                new TreePath(source.isRoot() && !to.isRoot() ? to + "/" + rest : to + rest), entry);
          }
        });
  }

  SortedMap<TreePath, TreeEntry> copy() {
    return new TreeMap<>(entries);
  }

  Optional<PathEntry> find(TreePath path) {
    TreeEntry stored = entries.get(path);
    boolean exists = path.isRoot() || entries.keySet().stream().anyMatch(path::contains);
    return stored != null
        ? Optional.of(new PathEntry(path, stored))
        : exists ? Optional.of(implied(path)) : Optional.empty();
  }

  List<PathEntry> walk(TreePath prefix, Optional<TreePath> after, int limit) {
    return entries.entrySet().stream()
        .filter(entry -> prefix.contains(entry.getKey()))
        .filter(entry -> after.isEmpty() || entry.getKey().compareTo(after.get()) > 0)
        .limit(limit)
        .map(entry -> new PathEntry(entry.getKey(), entry.getValue()))
        .toList();
  }

  List<PathEntry> children(TreePath directory, Optional<String> after, int limit) {
    TreeMap<TreePath, PathEntry> names = new TreeMap<>();
    for (TreePath path : entries.keySet()) {
      if (directory.contains(path) && !directory.equals(path)) {
        int start = directory.isRoot() ? 0 : directory.value().length() + 1;
        String name = path.value().substring(start).split("/", 2)[0];
        TreePath child = directory.resolve(name);
        names.put(child, find(child).orElseThrow());
      }
    }
    List<PathEntry> found = new ArrayList<>(names.values());
    after.ifPresent(
        name -> found.removeIf(entry -> entry.path().compareTo(directory.resolve(name)) <= 0));
    return found.subList(0, Math.min(limit, found.size()));
  }

  TreeUsage usage(TreePath prefix) {
    List<TreeEntry> all =
        walk(prefix, Optional.empty(), Integer.MAX_VALUE).stream().map(PathEntry::entry).toList();
    List<TreeEntry.File> files =
        all.stream()
            .filter(TreeEntry.File.class::isInstance)
            .map(TreeEntry.File.class::cast)
            .toList();
    return new TreeUsage(
        files.size(),
        all.stream().filter(TreeEntry.Directory.class::isInstance).count(),
        all.stream().filter(TreeEntry.Symlink.class::isInstance).count(),
        files.stream().mapToLong(TreeEntry.File::size).sum(),
        files.stream().map(TreeEntry.File::asset).distinct().count() * 7);
  }

  private static PathEntry implied(TreePath path) {
    return new PathEntry(path, new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY));
  }
}
