package io.aifs.server.crash;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a store must hold, by namespace. Not thread-safe. */
final class Model {
  private final TreeMap<Name, Space> spaces = new TreeMap<>();

  /**
   * One namespace.
   *
   * @param paths which asset each path names
   * @param assets visible ones, with their content
   * @param deleted the others that ever were, with their content
   * @param past what each snapshot of branch main holds, the oldest first, by request
   * @param tags which of these each tag names
   * @param branches which of these each other branch stands at
   * @param associations what is said of assets, branch main and things outside
   * @param embeddings which parts of assets are embedded
   */
  record Space(
      TreeMap<TreePath, Digest> paths,
      TreeMap<Digest, byte[]> assets,
      TreeMap<Digest, byte[]> deleted,
      LinkedHashMap<String, TreeMap<TreePath, Digest>> past,
      TreeMap<Name, Integer> tags,
      TreeMap<Name, Integer> branches,
      SpaceAssociations associations,
      SpaceEmbeddings embeddings) {
    Space() {
      this(
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new LinkedHashMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new SpaceAssociations(),
          new SpaceEmbeddings());
    }

    /** Trees of the past never change: they are shared. */
    Space copy() {
      return new Space(
          new TreeMap<>(paths),
          new TreeMap<>(assets),
          new TreeMap<>(deleted),
          new LinkedHashMap<>(past),
          new TreeMap<>(tags),
          new TreeMap<>(branches),
          associations.copy(),
          embeddings.copy());
    }

    /** Takes a snapshot, but once for one request. */
    void snapshot(String request) {
      past.putIfAbsent(request, new TreeMap<>(paths));
    }

    /** Which snapshot is the newest. */
    int newest() {
      return past.size() - 1;
    }

    void put(Digest id, byte[] content, Optional<TreePath> path) {
      deleted.remove(id);
      assets.put(id, content);
      path.ifPresent(at -> paths.put(at, id));
    }

    void delete(Digest id) {
      paths.values().removeIf(id::equals);
      embeddings.delete(id);
      byte[] content = assets.remove(id);
      if (content != null) { // a repeat finds it deleted
        deleted.put(id, content);
      }
    }

    /** Gives everything at and below a path another. */
    void move(TreePath from, TreePath to) {
      TreeMap<TreePath, Digest> moved = new TreeMap<>();
      paths.forEach(
          (path, id) -> {
            if (from.contains(path)) {
              moved.put(
                  new TreePath(to.value() + path.value().substring(from.value().length())), id);
            }
          });
      remove(from);
      paths.putAll(moved);
    }

    /** Removes everything at and below a path. */
    void remove(TreePath prefix) {
      paths.keySet().removeIf(prefix::contains);
    }
  }

  Model copy() {
    Model copy = new Model();
    spaces.forEach((name, space) -> copy.spaces.put(name, space.copy()));
    return copy;
  }

  Map<Name, Space> spaces() {
    return spaces;
  }

  Space space(Name name) {
    Space space = spaces.get(name);
    if (space == null) {
      throw new IllegalStateException("the model has no namespace " + name);
    }
    return space;
  }

  void create(Name name) {
    spaces.put(name, new Space());
  }
}
