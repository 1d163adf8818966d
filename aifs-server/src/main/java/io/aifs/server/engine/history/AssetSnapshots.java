package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.layer.Keys;
import io.aifs.server.engine.Failures;
import io.aifs.server.engine.Metadata;
import io.aifs.server.model.LivePack;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.SnapshotTree;
import io.aifs.server.snapshot.TreeEdit;
import io.aifs.server.snapshot.TreeEditor;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Snapshots of given assets, and the assets of given snapshots. Thread-safe. */
public final class AssetSnapshots {
  private static final byte[] BEFORE_ALL = {};

  /** Behind every path: no UTF-8 has this byte. */
  private static final byte[] BEHIND_ALL = {(byte) 0xff};

  private final Catalog catalog;
  private final SnapshotMaker maker;
  private final TreeStorage trees;
  private final Clock clock;

  AssetSnapshots(Catalog catalog, SnapshotMaker maker, TreeStorage trees, Clock clock) {
    this.catalog = catalog;
    this.maker = maker;
    this.trees = trees;
    this.clock = clock;
  }

  /**
   * Makes a snapshot of exactly these assets, in its unnamed part. It has no parent, and no branch
   * moves.
   *
   * @throws AifsException.NotFound naming one that is unknown or deleted
   */
  public VerifiedSnapshot take(
      NamespaceRow namespace, Collection<Digest> ids, Map<String, String> metadata) {
    Metadata.requireValid(metadata);
    SortedSet<Digest> sorted = new TreeSet<>(ids);
    List<TreeEdit> puts = catalog.read(reader -> puts(reader, namespace, sorted));
    try (TreeStorage.Writing writing = trees.begin(namespace)) {
      TreeRoot unnamed =
          TreeEditor.apply(trees.nodes(namespace), writing, TreeRoot.EMPTY, puts.iterator());
      List<LivePack> packs = writing.sync();
      SnapshotDraft draft =
          new SnapshotDraft(
              new SnapshotRoots(TreeRoot.EMPTY, unnamed), List.of(), "", "", metadata);
      Optional<VerifiedSnapshot> added = Optional.empty();
      while (added.isEmpty()) {
        added = add(namespace, sorted, maker.make(namespace, draft), packs);
      }
      writing.recorded(packs);
      return added.get();
    } catch (IOException e) {
      throw Failures.translate("writing tree nodes failed", e);
    }
  }

  /** The snapshot, unless its id was taken meanwhile. */
  private Optional<VerifiedSnapshot> add(
      NamespaceRow namespace, SortedSet<Digest> ids, VerifiedSnapshot made, List<LivePack> packs) {
    return catalog.write(
        writer -> {
          if (SnapshotMaker.taken(writer, namespace, made.id())) {
            return Optional.empty();
          }
          requireVisible(writer, namespace, ids);
          writer.ledger().commit(packs, List.of());
          new HistoryEvents(writer, namespace, clock.instant()).add(made);
          return Optional.of(made);
        });
  }

  private static List<TreeEdit> puts(
      CatalogReader reader, NamespaceRow namespace, SortedSet<Digest> ids) {
    Map<Digest, AssetRow> rows = requireVisible(reader, namespace, ids);
    List<TreeEdit> puts = new ArrayList<>(ids.size());
    for (Digest id : ids) {
      AssetRow row = rows.get(id);
      if (row != null) {
        puts.add(new TreeEdit.Put(row.unnamedEntry()));
      }
    }
    return puts;
  }

  private static Map<Digest, AssetRow> requireVisible(
      CatalogReader reader, NamespaceRow namespace, SortedSet<Digest> ids) {
    Map<Digest, AssetRow> rows = reader.assets().findAll(namespace.number(), ids);
    for (Digest id : ids) {
      if (!rows.containsKey(id)) {
        boolean deleted = reader.assets().findTombstone(namespace.number(), id).isPresent();
        throw new AifsException.NotFound(
            deleted ? Reason.ASSET_DELETED : Reason.ASSET_NOT_FOUND,
            "asset " + id + (deleted ? " was deleted" : " is not in namespace " + namespace.name()),
            "leave it out, or put it again");
      }
    }
    return rows;
  }

  /**
   * A place in the order of a snapshot's assets.
   *
   * @param unnamed whether it is in the unnamed part, which comes last
   */
  public record Position(boolean unnamed, TreePath path) {
    private byte[] next() {
      return Keys.next(path.toUtf8());
    }
  }

  /** An asset and where it stands. */
  public record Member(Position position, Digest asset) {}

  /** The assets of a snapshot, those with paths first, each once for each path. */
  public List<Member> members(
      NamespaceRow namespace, VerifiedSnapshot snapshot, Optional<Position> after, int limit) {
    NodeSource nodes = trees.nodes(namespace);
    List<Member> members = new ArrayList<>();
    if (after.isEmpty() || !after.get().unnamed()) {
      byte[] first = after.map(Position::next).orElse(BEFORE_ALL);
      collect(nodes, snapshot.roots().paths(), first, false, limit, members);
    }
    if (members.size() < limit) {
      byte[] first = after.filter(Position::unnamed).map(Position::next).orElse(BEFORE_ALL);
      collect(nodes, snapshot.roots().unnamed(), first, true, limit, members);
    }
    return Collections.unmodifiableList(members);
  }

  private static void collect(
      NodeSource nodes,
      TreeRoot root,
      byte[] first,
      boolean unnamed,
      int limit,
      List<Member> members) {
    Iterator<PathEntry> entries = new SnapshotTree(nodes, root).entries(first, BEHIND_ALL);
    while (members.size() < limit && entries.hasNext()) {
      PathEntry entry = entries.next();
      if (entry.entry() instanceof TreeEntry.File file) {
        members.add(new Member(new Position(unnamed, entry.path()), file.asset()));
      }
    }
  }

  /** Where a page ended, as a token says it. */
  public static Position position(String text) {
    if (text.isEmpty() || (text.charAt(0) != 'u' && text.charAt(0) != 'p')) {
      throw new IllegalArgumentException("token is not of this listing");
    }
    return new Position(text.charAt(0) == 'u', new TreePath(text.substring(1)));
  }

  /** What {@link #position} reads. */
  public static String text(Position position) {
    return (position.unnamed() ? "u" : "p") + position.path().value();
  }
}
