package io.aifs.cli.history;

import io.aifs.client.PathDifference;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was renamed among differences: a path that is gone and one that is new with the same
 * asset, preferably of the same name. Empty files are all the same, and never count as renamed.
 */
public final class Renames {
  /** So many differences are held in memory at most. */
  public static final int HELD_MAX = 100_000;

  private final int heldMax;

  /**
   * @param heldMax among more differences than this none is looked for
   */
  public Renames(int heldMax) {
    this.heldMax = heldMax;
  }

  /** Does something with a change. */
  public interface Sink {
    void accept(Change change) throws IOException;
  }

  /**
   * Gives every difference to {@code sink}, in their order, two that are a rename as one.
   *
   * @return false if there were too many to look for renames
   */
  public boolean find(Iterator<PathDifference> differences, Sink sink) throws IOException {
    List<PathDifference> held = new ArrayList<>();
    while (differences.hasNext() && held.size() < heldMax) {
      held.add(differences.next());
    }
    boolean all = !differences.hasNext();
    if (all) {
      giveWithRenames(held, sink);
    } else {
      for (PathDifference difference : held) {
        sink.accept(Change.of(difference));
      }
      while (differences.hasNext()) {
        sink.accept(Change.of(differences.next()));
      }
    }
    return all;
  }

  private static void giveWithRenames(List<PathDifference> held, Sink sink) throws IOException {
    Map<TreePath, PathDifference> sources = pair(held);
    Set<TreePath> moved = new HashSet<>();
    sources.values().forEach(source -> moved.add(source.path()));
    for (PathDifference difference : held) {
      PathDifference source = sources.get(difference.path());
      if (source != null && !difference.unnamed()) {
        sink.accept(Change.renamed(source, difference));
      } else if (difference.unnamed() || !moved.contains(difference.path())) {
        sink.accept(Change.of(difference));
      }
    }
  }

  /** For the path of each file that is new and was renamed, what it was. */
  private static Map<TreePath, PathDifference> pair(List<PathDifference> held) {
    Map<Digest, Deque<PathDifference>> gone = new HashMap<>();
    Map<NamedAsset, Deque<PathDifference>> goneByName = new HashMap<>();
    for (PathDifference difference : held) {
      if (!difference.unnamed() && difference.after().isEmpty()) {
        asset(difference.before())
            .ifPresent(
                asset -> {
                  queue(gone, asset).add(difference);
                  queue(goneByName, new NamedAsset(asset, difference.path().name()))
                      .add(difference);
                });
      }
    }
    Map<TreePath, PathDifference> sources = new HashMap<>();
    Set<TreePath> taken = new HashSet<>();
    for (PathDifference added : added(held)) {
      Digest asset = asset(added.after()).orElseThrow();
      take(goneByName.get(new NamedAsset(asset, added.path().name())), taken)
          .ifPresent(source -> sources.put(added.path(), source));
    }
    for (PathDifference added : added(held)) {
      if (!sources.containsKey(added.path())) {
        take(gone.get(asset(added.after()).orElseThrow()), taken)
            .ifPresent(source -> sources.put(added.path(), source));
      }
    }
    return sources;
  }

  private record NamedAsset(Digest asset, String name) {}

  private static <K> Deque<PathDifference> queue(Map<K, Deque<PathDifference>> queues, K key) {
    return queues.computeIfAbsent(key, _ -> new ArrayDeque<>());
  }

  private static List<PathDifference> added(List<PathDifference> held) {
    return held.stream()
        .filter(difference -> !difference.unnamed() && difference.before().isEmpty())
        .filter(difference -> asset(difference.after()).isPresent())
        .toList();
  }

  /** The first of a queue that nothing else has taken. */
  private static Optional<PathDifference> take(
      @Nullable Deque<PathDifference> queue, Set<TreePath> taken) {
    if (queue == null) {
      return Optional.empty();
    }
    PathDifference next = queue.poll();
    while (next != null && !taken.add(next.path())) {
      next = queue.poll();
    }
    return Optional.ofNullable(next);
  }

  private static Optional<Digest> asset(Optional<TreeEntry> entry) {
    return entry.isPresent() && entry.get() instanceof TreeEntry.File file && file.size() > 0
        ? Optional.of(file.asset())
        : Optional.empty();
  }
}
