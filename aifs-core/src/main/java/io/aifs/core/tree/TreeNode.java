package io.aifs.core.tree;

import io.aifs.core.model.PathEntry;
import java.util.List;

/** A node of a snapshot tree, in order of the paths' UTF-8 bytes. Immutable. */
public sealed interface TreeNode {
  /** 0 for leaves. */
  int level();

  /** A node that holds entries. */
  record Leaf(List<PathEntry> entries) implements TreeNode {
    public Leaf {
      entries = List.copyOf(entries);
    }

    @Override
    public int level() {
      return 0;
    }
  }

  /** A node that holds the nodes of the level below. */
  record Inner(int level, List<ChildRef> children) implements TreeNode {
    public Inner {
      children = List.copyOf(children);
    }
  }
}
