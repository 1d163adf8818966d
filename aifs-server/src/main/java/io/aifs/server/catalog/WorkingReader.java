package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.layer.LayerRow;
import java.util.List;
import java.util.Optional;

/** What working states are made of, for those that make tree nodes of it and keep them. */
public interface WorkingReader {
  /** One tree of a branch's working state; empty if there is no such branch. */
  Optional<WorkingTree> tree(long namespace, Name branch, TreePart part);

  /** All trees of the namespace's branches. */
  List<WorkingTree> trees(long namespace);

  /** The trees that overlays of the namespace name beside those that they lie on. */
  List<TreeRoot> grafted(long namespace);

  /** How many rows an overlay has; counts no further than {@code most}. */
  long rowCount(long layer, long most);

  Optional<LayerRow> find(long layer, byte[] key);

  /** Whether a row of the tree's overlays names the asset. Looks at every row. */
  boolean names(WorkingTree tree, Digest asset);

  /** Rows of an overlay in order of key from {@code first} up to {@code end}, excluded. */
  List<LayerRow> rows(long layer, byte[] first, byte[] end, int limit);
}
