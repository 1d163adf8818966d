package io.aifs.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.ChildRef;
import io.aifs.core.tree.EncodedNode;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TreeCheckTest {
  private final MemoryNodes nodes = new MemoryNodes();
  private final Set<Digest> checked = new HashSet<>();
  private final List<TreeProblem> problems = new ArrayList<>();
  private final List<PathEntry> seen = new ArrayList<>();

  private void check(TreeRoot root) {
    problems.clear();
    new TreeCheck(nodes, checked, problems::add, leaf -> seen.addAll(leaf.entries())).check(root);
  }

  private static TreeModel files(int count) {
    TreeModel model = new TreeModel();
    for (int i = 0; i < count; i++) {
      TreePath path = new TreePath("directory/file-" + i);
      model.entries().put(path, TreeModel.file(i, FileAttributes.PLAIN_FILE));
    }
    return model;
  }

  @Test
  void whatTheEditorMakesIsSound() {
    SeededTest.run(
        50,
        random -> {
          TreeModel model = new TreeModel();
          TreeRoot root = TreeRoot.EMPTY;
          for (int i = 0; i < 4; i++) {
            List<TreeEdit> edits = model.randomEdits(random, random.nextInt(1_000));
            root = TreeEditor.apply(nodes, nodes, root, edits.iterator());
            edits.forEach(model::apply);
            seen.clear();
            checked.clear();
            check(root);
            assertThat(problems).isEmpty();
            assertThat(seen).isEqualTo(model.list());
          }
        });
  }

  @Test
  void nodesThatTreesShareAreReadOnce() throws IOException {
    TreeModel model = files(20_000);
    TreeRoot root = model.build(nodes);
    nodes.resetCounts();
    check(root);
    assertThat(nodes.reads()).isEqualTo(nodes.all().size());
    TreePath path = new TreePath("directory/file-777");
    PathEntry changed = new PathEntry(path, TreeModel.file(1, FileAttributes.PLAIN_FILE));
    TreeRoot next =
        TreeEditor.apply(
            nodes, nodes, root, List.<TreeEdit>of(new TreeEdit.Put(changed)).iterator());
    nodes.resetCounts();
    check(next);
    assertThat(problems).isEmpty();
    assertThat(nodes.reads()).isBetween(1, 5);
    nodes.resetCounts();
    check(next);
    assertThat(nodes.reads()).isZero();
  }

  @Test
  void everyFlippedBitOfANodeIsFound() throws IOException {
    TreeRoot root = files(80).build(nodes);
    assertThat(nodes.all()).hasSizeGreaterThan(2);
    for (Digest id : List.copyOf(nodes.all().keySet())) {
      byte[] sound = nodes.bytes(id);
      for (int bit = 0; bit < 8 * sound.length; bit++) {
        byte[] damaged = sound.clone();
        damaged[bit / 8] ^= (byte) (1 << (bit % 8));
        nodes.damage(id, damaged);
        checked.clear();
        check(root);
        assertThat(problems).as("bit %d of %s", bit, id).isNotEmpty();
        assertThat(problems.getFirst().node()).isEqualTo(id);
      }
      nodes.damage(id, sound);
    }
  }

  /** Damage that keeps every node's id in order: as of a store that was written wrongly. */
  @Nested
  class WrittenWrongly {
    private List<ChildRef> leaves(TreeRoot root) {
      return StoredNodes.inner(nodes.get(root.node())).children();
    }

    private EncodedNode put(TreeNode node) {
      EncodedNode encoded = EncodedNode.of(node);
      nodes.put(encoded.ref().node().node(), encoded.bytes());
      return encoded;
    }

    private void checkChildren(List<ChildRef> children) {
      checked.clear();
      check(put(new TreeNode.Inner(1, children)).ref().node());
    }

    private void assertKinds(TreeProblem.Kind... kinds) {
      assertThat(problems).extracting(TreeProblem::kind).containsExactly(kinds);
      assertThat(problems).allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
    }

    private List<ChildRef> sound() throws IOException {
      List<ChildRef> children = new ArrayList<>(leaves(files(300).build(nodes)));
      assertThat(children).hasSizeGreaterThan(3);
      return children;
    }

    @Test
    void aMissingNode() throws IOException {
      List<ChildRef> children = sound();
      nodes.remove(children.get(1).node().node());
      checkChildren(children);
      assertKinds(TreeProblem.Kind.UNREADABLE);
    }

    @Test
    void anotherNodesContent() throws IOException {
      List<ChildRef> children = sound();
      ChildRef first = children.getFirst();
      nodes.damage(first.node().node(), nodes.bytes(children.get(1).node().node()));
      checkChildren(children);
      assertThat(problems).extracting(TreeProblem::kind).contains(TreeProblem.Kind.ID);
    }

    @Test
    void aLevelTooMany() throws IOException {
      List<ChildRef> children = sound();
      children.set(0, put(new TreeNode.Inner(1, List.of(children.getFirst()))).ref());
      checkChildren(children);
      assertKinds(TreeProblem.Kind.LEVEL);
    }

    @Test
    void aRootOverOneChild() throws IOException {
      ChildRef leaf = put(new TreeNode.Leaf(files(1).list())).ref();
      checkChildren(List.of(leaf));
      assertKinds(TreeProblem.Kind.LEVEL);
    }

    @Test
    void aWrongFirstPath() throws IOException {
      List<ChildRef> children = sound();
      ChildRef second = children.get(1);
      children.set(1, new ChildRef(new TreePath(second.first() + "-"), second.node()));
      checkChildren(children);
      assertThat(problems).extracting(TreeProblem::kind).contains(TreeProblem.Kind.RANGE);
    }

    @Test
    void aWrongMerkleDigest() throws IOException {
      List<ChildRef> children = sound();
      TreeRoot node = children.get(1).node();
      Digest other = Digest.of(new byte[] {1});
      TreeRoot wrong =
          new TreeRoot(node.node(), other, node.entries(), node.bytes(), node.longestPath());
      children.set(1, new ChildRef(children.get(1).first(), wrong));
      checkChildren(children);
      assertKinds(TreeProblem.Kind.MERKLE);
    }

    @Test
    void wrongSums() throws IOException {
      List<ChildRef> children = sound();
      TreeRoot node = children.get(1).node();
      TreeRoot wrong =
          new TreeRoot(
              node.node(), node.merkle(), node.entries(), node.bytes() + 1, node.longestPath());
      children.set(1, new ChildRef(children.get(1).first(), wrong));
      checkChildren(children);
      assertKinds(TreeProblem.Kind.SUMS);
    }

    @Test
    void theLastNodeOfOneTreeInTheMiddleOfAnother() throws IOException {
      List<ChildRef> children = sound();
      List<PathEntry> entries =
          StoredNodes.leaf(nodes.get(children.getFirst().node().node())).entries();
      TreeNode start = new TreeNode.Leaf(entries.subList(0, entries.size() - 1));
      TreeNode rest = new TreeNode.Leaf(List.of(entries.getLast()));
      check(put(start).ref().node());
      assertThat(problems).isEmpty();
      children.set(0, put(start).ref());
      children.add(1, put(rest).ref());
      check(put(new TreeNode.Inner(1, children)).ref().node());
      assertKinds(TreeProblem.Kind.SHAPE, TreeProblem.Kind.SHAPE);
    }

    @Test
    void aNodeCutTooLate() throws IOException {
      List<ChildRef> children = sound();
      List<PathEntry> entries = new ArrayList<>();
      entries.addAll(StoredNodes.leaf(nodes.get(children.get(0).node().node())).entries());
      entries.addAll(StoredNodes.leaf(nodes.get(children.get(1).node().node())).entries());
      children.set(0, put(new TreeNode.Leaf(entries)).ref());
      children.remove(1);
      checkChildren(children);
      assertKinds(TreeProblem.Kind.SHAPE);
    }

    @Test
    void anEmptyRootWithSums() {
      check(new TreeRoot(TreeRoot.EMPTY.node(), TreeRoot.EMPTY.merkle(), 0, 7, 0));
      assertKinds(TreeProblem.Kind.SUMS);
    }
  }
}
