package io.aifs.server.engine.history;

import io.aifs.core.address.Ref;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.tree.Folding;
import io.aifs.server.snapshot.NodeSource;

/**
 * The trees that refs mean. A working state is folded first, so that it is a tree like any other;
 * its cost is that of the changes since the last time. Thread-safe.
 */
public final class RefRoots {
  private final RefResolver resolver;
  private final Folding folding;
  private final TreeStorage trees;

  public RefRoots(RefResolver resolver, Folding folding, TreeStorage trees) {
    this.resolver = resolver;
    this.folding = folding;
    this.trees = trees;
  }

  /**
   * The roots of what a ref means: of a bare branch its working state, else those of a verified
   * snapshot.
   *
   * @throws io.aifs.core.AifsException.NotFound if it means nothing
   * @throws io.aifs.core.AifsException.Corrupt if its snapshot is not what was signed
   */
  public SnapshotRoots roots(NamespaceRow namespace, Ref ref) {
    return switch (resolver.resolve(namespace, ref)) {
      case RefResolver.Meaning.Working(var branch) -> folding.fold(namespace, branch);
      case RefResolver.Meaning.At(VerifiedSnapshot snapshot) -> snapshot.roots();
    };
  }

  /** Where nodes of these trees are read. */
  public NodeSource nodes(NamespaceRow namespace) {
    return trees.nodes(namespace);
  }
}
