package io.aifs.server.snapshot;

import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.TreeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks the nodes of one level of a stored tree from left to right. Begins before the first one.
 * Reads the nodes above its level, and its own only when asked for. Not thread-safe.
 */
final class LevelCursor {
  private final NodeSource nodes;
  private final List<ChildRef> top;
  private final int topLevel;
  private final int depth;

  /** The way down: siblings at each level and which one of them it is; empty before the start. */
  private final List<Step> steps = new ArrayList<>();

  private record Step(int level, List<ChildRef> children, int index) {
    ChildRef ref() {
      return children.get(index);
    }

    boolean hasNext() {
      return index + 1 < children.size();
    }
  }

  /**
   * @param top the one node of {@code topLevel}; none if the tree is empty
   */
  LevelCursor(NodeSource nodes, List<ChildRef> top, int topLevel, int level) {
    this.nodes = nodes;
    this.top = top;
    this.topLevel = topLevel;
    this.depth = topLevel - level + 1;
  }

  /** The node it stands on. */
  ChildRef ref() {
    return steps.getLast().ref();
  }

  TreeNode node() {
    return read(steps.getLast());
  }

  /** The first path of the next node. */
  Optional<TreePath> nextFirst() {
    if (steps.isEmpty()) {
      return top.isEmpty() ? Optional.empty() : Optional.of(top.getFirst().first());
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (step.hasNext()) {
        return Optional.of(step.children().get(step.index() + 1).first());
      }
    }
    return Optional.empty();
  }

  /** Moves to the next node, which there must be. */
  void advance() {
    if (steps.isEmpty()) {
      seek(StoredNodes.BEFORE_ALL);
      return;
    }
    while (!steps.getLast().hasNext()) {
      steps.removeLast();
    }
    Step step = steps.removeLast();
    steps.add(new Step(step.level(), step.children(), step.index() + 1));
    descend(StoredNodes.BEFORE_ALL);
  }

  /** Moves to the node whose range holds {@code key}; the tree must not be empty. */
  void seek(byte[] key) {
    steps.clear();
    steps.add(new Step(topLevel, top, 0));
    descend(key);
  }

  private void descend(byte[] key) {
    while (steps.size() < depth) {
      Step step = steps.getLast();
      TreeNode.Inner inner = StoredNodes.inner(read(step));
      int index = StoredNodes.floor(inner.children(), key);
      steps.add(new Step(step.level() - 1, inner.children(), index));
    }
  }

  private TreeNode read(Step step) {
    return StoredNodes.requireLevel(
        nodes.get(step.ref().node().node()), step.level(), step.ref().node());
  }
}
