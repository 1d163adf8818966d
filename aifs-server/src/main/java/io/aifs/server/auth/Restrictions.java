package io.aifs.server.auth;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which part of a namespace a token is for. Such a token reads only what it can name by ref and
 * path, or by an id that it lists; a call that cannot be kept to that is refused to it.
 *
 * @param paths what is touched lies in or below each of these; the root is never among them
 * @param refs names of branches and tags, and {@code snap:<id>}; empty means any
 * @param assets ids; empty means any
 * @param kinds empty means any
 */
public record Restrictions(
    List<TreePath> paths,
    Optional<Set<String>> refs,
    Optional<Set<Digest>> assets,
    Optional<Set<AssetKind>> kinds) {
  public static final Restrictions NONE =
      new Restrictions(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public Restrictions {
    paths = paths.stream().filter(path -> !path.isRoot()).toList();
    refs = refs.map(Set::copyOf);
    assets = assets.map(Set::copyOf);
    kinds = kinds.map(Set::copyOf);
  }

  /** Whether the token is for all of its namespaces. */
  public boolean isNone() {
    return paths.isEmpty() && refs.isEmpty() && assets.isEmpty() && kinds.isEmpty();
  }

  /** Whether ids alone say what may be read: nothing but them is restricted. */
  public boolean readsById() {
    return paths.isEmpty() && refs.isEmpty() && kinds.isEmpty();
  }

  /** Whether only refs are restricted, so that all of what such a ref holds may be touched. */
  public boolean areOfRefsOnly() {
    return paths.isEmpty() && areOfNamesOnly();
  }

  /** Whether what a path names does not matter: neither ids nor kinds are restricted. */
  public boolean areOfNamesOnly() {
    return assets.isEmpty() && kinds.isEmpty();
  }

  /**
   * The path in and below which everything is that may be touched: the root if paths are not
   * restricted; empty if they are to several that have nothing in common.
   */
  public Optional<TreePath> top() {
    TreePath deepest =
        paths.stream().reduce(TreePath.ROOT, (one, other) -> one.contains(other) ? other : one);
    return Optional.of(deepest).filter(this::allowsPath);
  }

  /** Whether nothing at all can be touched: what is listed contradicts itself. */
  boolean excludesAll() {
    return refs.filter(Set::isEmpty).isPresent()
        || assets.filter(Set::isEmpty).isPresent()
        || kinds.filter(Set::isEmpty).isPresent()
        || top().isEmpty();
  }

  /** Whether this path and all below it may be touched. */
  public boolean allowsPath(TreePath path) {
    return paths.stream().allMatch(allowed -> allowed.contains(path));
  }

  /** Whether something at or below this path may be touched: it is on the way to it. */
  public boolean leadsToAllowed(TreePath path) {
    return paths.stream().allMatch(allowed -> allowed.contains(path) || path.contains(allowed));
  }

  /**
   * @param ref as addresses write it: a branch, a tag, {@code snap:<id>}, or one of them with where
   *     in its history
   */
  public boolean allowsRef(String ref) {
    return refs.isEmpty() || refs.get().contains(ref);
  }

  public boolean allowsAsset(Digest id) {
    return assets.isEmpty() || assets.get().contains(id);
  }

  public boolean allowsKind(AssetKind kind) {
    return kinds.isEmpty() || kinds.get().contains(kind);
  }

  Restrictions below(TreePath path) {
    List<TreePath> both = new ArrayList<>(paths);
    both.add(path);
    return new Restrictions(both, refs, assets, kinds);
  }

  Restrictions onlyRefs(Set<String> allowed) {
    return new Restrictions(paths, Optional.of(both(refs, allowed)), assets, kinds);
  }

  Restrictions onlyAssets(Set<Digest> allowed) {
    return new Restrictions(paths, refs, Optional.of(both(assets, allowed)), kinds);
  }

  Restrictions onlyKinds(Set<AssetKind> allowed) {
    return new Restrictions(paths, refs, assets, Optional.of(both(kinds, allowed)));
  }

  static <T> Set<T> both(Optional<Set<T>> before, Set<T> allowed) {
    Set<T> both = new HashSet<>(allowed);
    before.ifPresent(both::retainAll);
    return both;
  }
}
