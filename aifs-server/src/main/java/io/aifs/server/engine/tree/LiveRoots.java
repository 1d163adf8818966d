package io.aifs.server.engine.tree;

import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.CatalogReader;
import java.util.LinkedHashSet;
import java.util.Set;

/** The trees of a namespace that something names, and so need all their nodes. */
public final class LiveRoots {
  private LiveRoots() {}

  /** Those of working states, with what grafts name. The empty tree is not among them. */
  public static Set<TreeRoot> of(CatalogReader reader, long namespace) {
    Set<TreeRoot> roots = new LinkedHashSet<>();
    reader.working().trees(namespace).forEach(tree -> roots.add(tree.root()));
    roots.addAll(reader.working().grafted(namespace));
    roots.remove(TreeRoot.EMPTY);
    return roots;
  }
}
