package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What removing and moving paths does in a catalog write, with its rules. */
public final class PathChanges {
  static final String TREE_REMOVE = "tree.remove";
  private static final String TREE_MOVE = "tree.move";

  /** The detail of an event that says where its path was before. */
  private static final String FROM_PATH = "from_path";

  /**
   * Removes paths; the assets they name stay.
   *
   * @param recursive also directories with all below; without it a directory must be empty
   */
  public static TreeService.Change remove(
      CatalogWriter writer,
      NamespaceRow namespace,
      Name branch,
      List<TreePath> paths,
      boolean recursive,
      Instant now) {
    TreeService.requireBranch(writer, namespace, branch);
    long removed = 0;
    List<EventItem> items = new ArrayList<>();
    for (TreePath path : paths) {
      TreeEntry entry = entry(writer, namespace, branch, path);
      removed += remove(writer, namespace, branch, path, entry, recursive);
      items.add(EventItem.of(path, entry));
    }
    return changed(writer, namespace, branch, now, TREE_REMOVE, removed, items, Map.of());
  }

  private static TreeEntry entry(
      CatalogReader reader, NamespaceRow namespace, Name branch, TreePath path) {
    return path.isRoot()
        ? new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY)
        : TreeService.queries(reader, namespace, branch).require(path).entry();
  }

  private static long remove(
      CatalogWriter writer,
      NamespaceRow namespace,
      Name branch,
      TreePath path,
      TreeEntry entry,
      boolean recursive) {
    if (!(entry instanceof TreeEntry.Directory)) {
      return writer.tree().removeAll(namespace.number(), branch, List.of(path));
    }
    if (!recursive
        && !writer
            .tree()
            .children(namespace.number(), branch, path, Optional.empty(), 1)
            .isEmpty()) {
      throw new AifsException.Precondition(
          Reason.DIRECTORY_NOT_EMPTY,
          "directory '" + path + "' is not empty",
          "remove it with all below it: 'aifs rm -r'");
    }
    return writer.tree().removeBelow(namespace.number(), branch, path);
  }

  /**
   * Gives a file or directory another path.
   *
   * @throws AifsException.AlreadyExists if something is at {@code to}
   */
  public static TreeService.Change move(
      CatalogWriter writer,
      NamespaceRow namespace,
      Name branch,
      TreePath from,
      TreePath to,
      Instant now) {
    PathEntry moved = TreeService.queries(writer, namespace, branch).require(from);
    requireFree(writer, namespace, branch, to);
    new PathRules(writer.tree(), namespace.number(), branch)
        .requireFits(List.of(new PathEntry(to, moved.entry())));
    long entries = writer.tree().move(namespace.number(), branch, from, to);
    return changed(
        writer,
        namespace,
        branch,
        now,
        TREE_MOVE,
        entries,
        List.of(EventItem.of(to, moved.entry())),
        Map.of(FROM_PATH, from.value()));
  }

  /**
   * @throws AifsException.InvalidRequest if nothing can be moved so, whatever there is
   */
  public static void requireMovable(TreePath from, TreePath to) {
    if (from.isRoot() || to.isRoot() || from.contains(to)) {
      throw new AifsException.InvalidRequest(
          Reason.PATH_INVALID,
          "to_path",
          "'" + from + "' cannot be moved to '" + to + "'",
          "name two paths of which neither is the root and the second is not below the first");
    }
  }

  private static void requireFree(
      CatalogReader reader, NamespaceRow namespace, Name branch, TreePath path) {
    if (reader.tree().find(namespace.number(), branch, path).isPresent()) {
      throw new AifsException.AlreadyExists(
          Reason.PATH_EXISTS,
          "path '" + path + "' exists",
          "remove it first with 'aifs rm', or choose another path");
    }
  }

  private static TreeService.Change changed(
      CatalogWriter writer,
      NamespaceRow namespace,
      Name branch,
      Instant now,
      String type,
      long entries,
      List<EventItem> items,
      Map<String, String> more) {
    Map<String, String> details = new HashMap<>(more);
    details.put(PutEvents.BRANCH, branch.value());
    details.put("entries", Long.toString(entries));
    long version =
        writer.events().append(EventRow.of(namespace.number(), type, now, items, details));
    return new TreeService.Change(entries, version);
  }

  /**
   * @throws AifsException.InvalidRequest if it is none, or too many
   */
  public static void requireBatch(List<TreePath> paths) {
    if (paths.isEmpty() || paths.size() > Limits.BATCH_ENTRIES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "paths",
          "a batch is 1 to " + Limits.BATCH_ENTRIES_MAX + " paths: " + paths.size(),
          "split it");
    }
  }

  private PathChanges() {}
}
