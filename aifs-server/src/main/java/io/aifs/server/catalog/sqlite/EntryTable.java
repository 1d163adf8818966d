package io.aifs.server.catalog.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.layer.LayerRow;
import io.aifs.server.catalog.layer.LayerRows;
import io.aifs.server.catalog.layer.Mark;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of table {@code tree_entry} of one overlay, by key. */
final class EntryTable implements LayerRows {
  /** Lower types are those of files: the code of the asset's kind. */
  private static final int SYMLINK = 8;

  private static final int DIRECTORY = 9;

  /** The lowest type of a row that is no entry. */
  private static final int NOTHING = 16;

  private static final int GRAFT = 17;

  /** How many keys a look-up of several asks for at once. */
  private static final int KEYS_AT_A_TIME = 8;

  private static final FileAttributes NO_ATTRIBUTES = new FileAttributes(0, 0);

  private static final String SELECT =
      "SELECT path, type, asset, size, mode, mtime, target FROM tree_entry WHERE layer = ?";
  private static final String INSERT =
      "INSERT INTO tree_entry (type, asset, size, mode, mtime, target, layer, path)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
  private static final String REPLACE =
      "UPDATE tree_entry SET type = ?, asset = ?, size = ?, mode = ?, mtime = ?, target = ?"
          + " WHERE layer = ? AND path = ?";

  private static final String LONGEST =
      SELECT
          + " AND path IN ("
          + String.join(", ", Collections.nCopies(KEYS_AT_A_TIME, "?"))
          + ") ORDER BY length(path) DESC LIMIT 1";

  private final Session session;
  private final long layer;

  EntryTable(Session session, long layer) {
    this.session = session;
    this.layer = layer;
  }

  @Override
  public Optional<LayerRow> find(byte[] key) {
    return session.first(SELECT + " AND path = ?", EntryTable::row, layer, key);
  }

  @Override
  public Optional<LayerRow> longest(List<byte[]> keys) {
    for (int end = keys.size(); end > 0; end -= KEYS_AT_A_TIME) {
      @Nullable Object[] arguments = new @Nullable Object[1 + KEYS_AT_A_TIME];
      arguments[0] = layer;
      for (int i = 0; i < KEYS_AT_A_TIME && i < end; i++) {
        arguments[1 + i] = keys.get(end - 1 - i);
      }
      Optional<LayerRow> found = session.first(LONGEST, EntryTable::row, arguments);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  public List<LayerRow> list(byte[] first, byte[] end, int limit) {
    return session.list(
        SELECT + " AND path >= ? AND path < ? ORDER BY path LIMIT ?",
        EntryTable::row,
        layer,
        first,
        end,
        limit);
  }

  /** How many rows there are; counts no further than {@code most}. */
  long count(long most) {
    return session
        .first(
            "SELECT count(*) FROM (SELECT 1 FROM tree_entry WHERE layer = ? LIMIT ?)",
            row -> row.integer(1),
            layer,
            most)
        .orElse(0L);
  }

  /** Returns false, changing nothing, if there is a row with this key. */
  boolean insert(LayerRow row) {
    return session.update(INSERT, columns(row)) == 1;
  }

  void replace(LayerRow row) {
    session.update(REPLACE, columns(row));
  }

  /** Inserts the row or puts it in the place of the one with its key. */
  void put(LayerRow row) {
    if (!insert(row)) {
      replace(row);
    }
  }

  boolean delete(byte[] key) {
    return session.update("DELETE FROM tree_entry WHERE layer = ? AND path = ?", layer, key) == 1;
  }

  /** Removes all rows from {@code first} up to, not including, {@code end}. */
  void delete(byte[] first, byte[] end) {
    session.update(
        "DELETE FROM tree_entry WHERE layer = ? AND path >= ? AND path < ?", layer, first, end);
  }

  /** Gives all rows whose keys start with {@code dropped} bytes keys that start otherwise. */
  void reprefix(byte[] first, byte[] end, int dropped, byte[] prefix) {
    session.update(
        "UPDATE tree_entry SET path = CAST(? || substr(path, ?) AS BLOB)"
            + " WHERE layer = ? AND path >= ? AND path < ?",
        prefix,
        dropped + 1,
        layer,
        first,
        end);
  }

  private @Nullable Object[] columns(LayerRow put) {
    int type;
    byte @Nullable [] asset = null;
    long size = 0;
    byte @Nullable [] target = null;
    FileAttributes attributes = NO_ATTRIBUTES;
    switch (put.mark()) {
      case Mark.Entry(TreeEntry.File file) -> {
        type = file.kind().code();
        asset = file.asset().toBytes();
        size = file.size();
        attributes = file.attributes();
      }
      case Mark.Entry(TreeEntry.Symlink symlink) -> {
        type = SYMLINK;
        target = symlink.target().getBytes(UTF_8);
        attributes = symlink.attributes();
      }
      case Mark.Entry(TreeEntry.Directory directory) -> {
        type = DIRECTORY;
        attributes = directory.attributes();
      }
      case Mark.Nothing _ -> type = NOTHING;
      case Mark.Graft(Optional<TreeRoot> root, byte[] source) -> {
        type = GRAFT;
        target = graft(root, source);
      }
    }
    return new @Nullable Object[] {
      type, asset, size, attributes.mode(), attributes.mtimeNanos(), target, layer, put.key()
    };
  }

  /** The trees that rows name beside the one below. Looks at every row. */
  List<TreeRoot> graftedRoots() {
    return session
        .list(
            "SELECT target FROM tree_entry WHERE layer = ? AND type = " + GRAFT,
            row -> graftedRoot(row.blob(1)),
            layer)
        .stream()
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  /** The root, or as many zeros, and the source. */
  private static byte[] graft(Optional<TreeRoot> root, byte[] source) {
    byte[] target = new byte[RootCodec.BYTES + source.length];
    byte @Nullable [] encoded = root.isPresent() ? RootCodec.encode(root.get()) : null;
    if (encoded != null) {
      System.arraycopy(encoded, 0, target, 0, RootCodec.BYTES);
    }
    System.arraycopy(source, 0, target, RootCodec.BYTES, source.length);
    return target;
  }

  private static Mark graft(byte[] target) throws SQLException {
    if (target.length < RootCodec.BYTES) {
      throw new DamagedRowException("a graft is " + target.length + " bytes long");
    }
    byte[] source = Arrays.copyOfRange(target, RootCodec.BYTES, target.length);
    return new Mark.Graft(graftedRoot(target), source);
  }

  /** The tree that a graft's column names. */
  private static Optional<TreeRoot> graftedRoot(byte[] target) {
    TreeRoot root = RootCodec.decode(Arrays.copyOf(target, RootCodec.BYTES));
    return root.isEmpty() ? Optional.empty() : Optional.of(root);
  }

  private static LayerRow row(Row row) throws SQLException {
    int type = (int) row.integer(2);
    FileAttributes attributes = new FileAttributes((int) row.integer(5), row.integer(6));
    Mark mark =
        switch (type) {
          case SYMLINK -> new Mark.Entry(new TreeEntry.Symlink(row.utf8(7), attributes));
          case DIRECTORY -> new Mark.Entry(new TreeEntry.Directory(attributes));
          case NOTHING -> new Mark.Nothing();
          case GRAFT -> graft(row.blob(7));
          default -> {
            Digest asset = row.digest(3);
            yield new Mark.Entry(
                new TreeEntry.File(asset, AssetKind.ofCode(type), row.integer(4), attributes));
          }
        };
    return new LayerRow(row.blob(1), mark);
  }
}
