package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.Name;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.catalog.WorkingReader;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.catalog.layer.LayerRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Working states as table {@code working_tree} and rows of {@code tree_entry}. */
class SqliteWorkingReader implements WorkingReader {
  private static final String SELECT =
      "SELECT b.name, w.part, w.layer, w.ranges, w.frozen IS NOT NULL, w.frozen, w.frozen_ranges,"
          + " w.root FROM branch b JOIN working_tree w ON w.branch = b.number"
          + " WHERE b.namespace = ?";

  final Session session;

  SqliteWorkingReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<WorkingTree> tree(long namespace, Name branch, TreePart part) {
    return session.first(
        SELECT + " AND b.name = ? AND w.part = ?",
        SqliteWorkingReader::tree,
        namespace,
        branch.value(),
        part.code());
  }

  @Override
  public List<WorkingTree> trees(long namespace) {
    return session.list(
        SELECT + " ORDER BY b.number, w.part", SqliteWorkingReader::tree, namespace);
  }

  @Override
  public List<TreeRoot> grafted(long namespace) {
    return trees(namespace).stream()
        .filter(tree -> tree.ranges() || tree.frozenRanges())
        .flatMap(
            tree -> LongStream.concat(LongStream.of(tree.layer()), tree.frozen().stream()).boxed())
        .flatMap(layer -> new EntryTable(session, layer).graftedRoots().stream())
        .distinct()
        .toList();
  }

  @Override
  public long rowCount(long layer, long most) {
    return new EntryTable(session, layer).count(most);
  }

  @Override
  public Optional<LayerRow> find(long layer, byte[] key) {
    return new EntryTable(session, layer).find(key);
  }

  @Override
  public boolean names(WorkingTree tree, Digest asset) {
    String exists = "SELECT 1 FROM tree_entry WHERE layer = ? AND asset = ? LIMIT 1";
    return session.exists(exists, tree.layer(), asset.toBytes())
        || (tree.frozen().isPresent()
            && session.exists(exists, tree.frozen().getAsLong(), asset.toBytes()));
  }

  @Override
  public List<LayerRow> rows(long layer, byte[] first, byte[] end, int limit) {
    return new EntryTable(session, layer).list(first, end, Page.limit(limit));
  }

  private static WorkingTree tree(Row row) throws SQLException {
    return new WorkingTree(
        new Name(row.text(1)),
        TreePart.ofCode(row.integer(2)),
        row.integer(3),
        row.flag(4),
        row.flag(5) ? OptionalLong.of(row.integer(6)) : OptionalLong.empty(),
        row.flag(7),
        RootCodec.decode(row.blob(8)));
  }
}
