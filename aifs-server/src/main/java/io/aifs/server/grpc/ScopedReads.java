package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ReadManyRequest;
import io.aifs.proto.v1.ReadRange;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.PathQueries;
import io.aifs.server.engine.history.PathReads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads of paths, and of assets that they name, as far as the call's token allows. Thread-safe. */
final class ScopedReads {
  private final PathReads paths;

  ScopedReads(PathReads paths) {
    this.paths = paths;
  }

  /**
   * As {@link PathReads#read}; what the token does not let its holder see is not there.
   *
   * @throws AifsException.Denied if the token does not allow the ref
   */
  <T> T read(NamespaceRow namespace, Ref ref, Function<PathQueries, T> questions) {
    Scope scope = Scope.current();
    scope.requireRef(ref);
    return paths.read(namespace, ref, queries -> questions.apply(scope.through(queries)));
  }

  /**
   * Returns if an asset may be read: by its id, or because a path names it.
   *
   * @param ref field of the request, of the path
   * @param foundPath field of the request; empty if it names none
   * @throws AifsException.NotFound if the token does not let its holder know of it, or the path
   *     names something else
   * @throws AifsException.Denied if the token does not allow the ref or path, or reading by id
   */
  void requireReadable(NamespaceRow namespace, Digest id, String ref, String foundPath) {
    Scope scope = Scope.current();
    if (scope.readsById(id)) {
      return;
    }
    if (foundPath.isEmpty()) {
      scope.requireIds();
      throw AssetService.unknown(namespace, id);
    }
    Set<Digest> named =
        named(
            namespace,
            Requests.ref("branch", ref),
            List.of(new Claim(id, Requests.path("found_path", foundPath))));
    if (!named.contains(id)) {
      throw notNamed(id, foundPath);
    }
  }

  /** Which of the assets of a request may be read; {@link #requireReadable} for many. */
  Predicate<Digest> readable(NamespaceRow namespace, ReadManyRequest request) {
    Scope scope = Scope.current();
    if (scope.restrictions().readsById()) {
      return scope::readsById;
    }
    List<Claim> claims = new ArrayList<>();
    for (ReadRange range : request.getRangesList()) {
      if (range.getFoundPath().isEmpty()) {
        scope.requireIds();
      }
      String field = "ranges[" + claims.size() + "]";
      claims.add(
          new Claim(
              Requests.assetId(field + ".asset_id", range.getAssetId()),
              Requests.path(field + ".found_path", range.getFoundPath())));
    }
    return named(namespace, Requests.ref("branch", request.getBranch()), claims)::contains;
  }

  /** What a request says that a path names. */
  private record Claim(Digest asset, TreePath path) {}

  private Set<Digest> named(NamespaceRow namespace, Ref ref, List<Claim> claims) {
    List<TreePath> wanted = claims.stream().map(Claim::path).distinct().toList();
    Scope.current().requirePaths(wanted);
    Set<Claim> facts = new HashSet<>();
    for (PathEntry found : read(namespace, ref, queries -> queries.describeAll(wanted))) {
      if (found.entry() instanceof TreeEntry.File file) {
        facts.add(new Claim(file.asset(), found.path()));
      }
    }
    Set<Digest> named = new HashSet<>();
    claims.stream().filter(facts::contains).forEach(claim -> named.add(claim.asset()));
    return named;
  }

  private static AifsException.NotFound notNamed(Digest id, String path) {
    return new AifsException.NotFound(
        Reason.ASSET_NOT_FOUND,
        "path '" + path + "' does not name asset " + id,
        "see what the path names now");
  }
}
