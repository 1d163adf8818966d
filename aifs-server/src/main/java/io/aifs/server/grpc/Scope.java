package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Permission;
import io.aifs.server.auth.Restrictions;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.PathQueries;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.grpc.gate.CallScope;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What the token of a call lets its holder touch of a namespace. The one place where restrictions
 * to paths, refs, assets and kinds are decided: services ask it before they look anything up, so
 * that a refusal is the same whether there is something or not. Immutable.
 */
final class Scope {
  private final Caller caller;
  private final Restrictions restrictions;

  private Scope(Caller caller) {
    this.caller = caller;
    this.restrictions = caller.restrictions();
  }

  /** That of the call that this thread works for. */
  static Scope current() {
    return of(CallScope.current().caller());
  }

  static Scope of(Caller caller) {
    return new Scope(caller);
  }

  /** Whether nothing is restricted. */
  boolean isWhole() {
    return restrictions.isNone();
  }

  /** Whether all of the refs that are allowed may be touched. */
  boolean isOfWholeRefs() {
    return restrictions.areOfRefsOnly();
  }

  /** Whether the caller may read all of its namespaces, and so know what there is. */
  boolean readsAll() {
    return caller.readsAll();
  }

  Restrictions restrictions() {
    return restrictions;
  }

  /**
   * Returns if the ref may be touched: {@code ref~n} and <code>ref@{time}</code> are as the ref.
   *
   * @throws AifsException.Denied otherwise, whether there is such a ref or not
   */
  void requireRef(Ref ref) {
    String base =
        switch (ref) {
          case Ref.Named named -> named.toString();
          case Ref.Snapshot snapshot -> snapshot.toString();
          case Ref.Ancestor(Ref.Base of, _) -> of.toString();
          case Ref.AsOf(Ref.Named of, _) -> of.toString();
        };
    if (!restrictions.allowsRef(base)) {
      throw outside("ref '" + ref + "'");
    }
  }

  /**
   * @throws AifsException.Denied as for a ref
   */
  void requireBranch(Name branch) {
    requireRef(Ref.ofBranch(branch));
  }

  /**
   * Returns if the path lies where the token allows.
   *
   * @throws AifsException.Denied otherwise, whether there is such a path or not
   */
  void requirePath(TreePath path) {
    if (!restrictions.allowsPath(path)) {
      throw outside("path '" + path + "'");
    }
  }

  /** The same of all of them. */
  void requirePaths(Collection<TreePath> paths) {
    paths.forEach(this::requirePath);
  }

  /**
   * Returns if the path lies where the token allows, or on the way there: of a directory on the way
   * nothing shows but the way on.
   *
   * @throws AifsException.Denied otherwise
   */
  void requireOnWay(TreePath path) {
    if (!restrictions.leadsToAllowed(path)) {
      throw outside("path '" + path + "'");
    }
  }

  /**
   * What of a path and all below it may be touched: all, or the one path to which it leads.
   *
   * @throws AifsException.Denied if nothing
   */
  TreePath within(TreePath path) {
    requireOnWay(path);
    return restrictions.allowsPath(path)
        ? path
        : restrictions.top().orElseThrow(() -> outside("path '" + path + "'"));
  }

  /**
   * Returns if paths of a branch may be changed, with all below them.
   *
   * @throws AifsException.Denied otherwise, and if some of what is below may not
   */
  void requireChange(Name branch, Collection<TreePath> paths) {
    requireBranch(branch);
    requirePaths(paths);
    requireAllContent();
  }

  /**
   * Returns if neither kinds nor assets are restricted.
   *
   * @throws AifsException.Denied otherwise, for a call that cannot leave out some
   */
  void requireAllContent() {
    if (!restrictions.areOfNamesOnly()) {
      throw refused("restricted to kinds or assets, and the call cannot leave out others");
    }
  }

  /**
   * Returns if nothing but refs is restricted.
   *
   * @throws AifsException.Denied otherwise, for a call that is about all that a ref holds
   */
  void requireWholeRefs() {
    if (!restrictions.areOfRefsOnly()) {
      throw refused("restricted to a part of what refs hold, and the call is about all of it");
    }
  }

  /**
   * Returns if nothing is restricted.
   *
   * @throws AifsException.Denied otherwise
   */
  void requireWhole() {
    caller.requireUnrestricted();
  }

  /** As {@link Caller#require}, of one. */
  void require(Permission permission) {
    caller.require(Set.of(permission));
  }

  /** Whether the caller may read this asset by its id alone. */
  boolean readsById(Digest id) {
    return restrictions.readsById() && restrictions.allowsAsset(id);
  }

  /**
   * Returns if the caller may read assets by ids alone, at least some.
   *
   * @throws AifsException.Denied otherwise
   */
  void requireIds() {
    if (!restrictions.readsById()) {
      throw refused("restricted, and reads an asset only where a path of an allowed ref names it");
    }
  }

  /**
   * Returns if this may be put.
   *
   * @throws AifsException.Denied otherwise
   */
  void requirePut(PutHeader header) {
    if (!header.parents().isEmpty()) {
      requireKnowing("parents");
    }
    requireKind(header.kind());
    if (header.placement().isPresent()) {
      requireBranch(header.placement().get().branch());
      requirePath(header.placement().get().path());
    } else {
      requireBranch(Name.MAIN_BRANCH);
      requirePath(TreePath.ROOT);
    }
  }

  /**
   * Returns if content that only shows its id at the end may be put.
   *
   * @throws AifsException.Denied if only certain assets may
   */
  void requireAnyContent() {
    if (restrictions.assets().isPresent()) {
      throw refused("restricted to assets, and this call tells its content's id too late");
    }
  }

  /**
   * Returns if content with this id may be put.
   *
   * @throws AifsException.Denied otherwise
   */
  void requireContent(Digest id) {
    if (!restrictions.allowsAsset(id)) {
      throw outside("asset " + id);
    }
  }

  /**
   * Returns if all of these may be put.
   *
   * @throws AifsException.Denied otherwise
   */
  void requirePuts(Name branch, List<FilePut> files) {
    requireBranch(branch);
    for (FilePut file : files) {
      requirePath(file.path());
      if (!file.parents().isEmpty()) {
        requireKnowing("parents");
      }
      switch (file.what()) {
        case FilePut.What.Data(byte[] data) -> {
          requireKind(file.kind());
          if (restrictions.assets().isPresent()) {
            requireContent(Digest.of(data));
          }
        }
        case FilePut.What.Known(Digest id) -> {
          if (!readsById(id) || !caller.permissions().contains(Permission.GET)) {
            requireKnowing("assets by their ids");
          }
        }
        case FilePut.What.Symlink _ -> requireAllContent();
        case FilePut.What.Directory() -> {
          // no content
        }
      }
    }
  }

  private void requireKind(AssetKind kind) {
    if (!restrictions.allowsKind(kind)) {
      throw outside("kind " + kind);
    }
  }

  /** Naming what is there tells whether it is. */
  private void requireKnowing(String what) {
    if (!readsAll()) {
      throw new AifsException.Denied(
          Reason.TOKEN_NOT_ALLOWED,
          "a put that names " + what + " needs a token that allows 'get' on the whole namespace",
          "put the bytes, and leave out what they were made from; or use such a token");
    }
  }

  /** What questions about paths get for answers. */
  PathQueries through(PathQueries queries) {
    return isWhole() ? queries : queries.through(tree -> new ScopedPaths(tree, restrictions));
  }

  private static AifsException.Denied outside(String what) {
    return new AifsException.Denied(
        Reason.TOKEN_NOT_ALLOWED,
        "the token does not allow " + what,
        "name what it allows, or use another token");
  }

  private static AifsException.Denied refused(String why) {
    return new AifsException.Denied(
        Reason.TOKEN_NOT_ALLOWED, "the token is " + why, "use a token without this restriction");
  }
}
