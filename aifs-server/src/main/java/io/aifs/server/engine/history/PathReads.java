package io.aifs.server.engine.history;

import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.PathQueries;
import io.aifs.server.engine.TreeService;
import io.aifs.server.engine.tree.ReadablePaths;
import java.util.function.Function;

/** Reads of paths at any ref. Thread-safe. */
public final class PathReads {
  private final TreeService working;
  private final RefResolver resolver;
  private final TreeStorage trees;

  public PathReads(TreeService working, RefResolver resolver, TreeStorage trees) {
    this.working = working;
    this.resolver = resolver;
    this.trees = trees;
  }

  /**
   * Asks of the tree that a ref means: of a branch its working state, as it is at one instant, else
   * that of a verified snapshot.
   *
   * @param questions may run more than once
   * @throws io.aifs.core.AifsException.NotFound if the ref means nothing
   * @throws io.aifs.core.AifsException.Corrupt if its snapshot is not what was signed
   */
  public <T> T read(NamespaceRow namespace, Ref ref, Function<PathQueries, T> questions) {
    if (ref.equals(Ref.MAIN)) {
      return working.read(namespace, Name.MAIN_BRANCH, questions); // always there
    }
    return switch (resolver.resolve(namespace, ref)) {
      case RefResolver.Meaning.Working(var branch) -> working.read(namespace, branch, questions);
      case RefResolver.Meaning.At(VerifiedSnapshot snapshot) ->
          questions.apply(
              new PathQueries(
                  ReadablePaths.of(trees.nodes(namespace), snapshot.roots().paths()),
                  namespace.name() + "/" + ref));
    };
  }
}
