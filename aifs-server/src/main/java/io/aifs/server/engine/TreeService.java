package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.catalog.TreePart;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Paths of branches' working states: asks of them, removes them, moves them. Thread-safe. */
public final class TreeService {
  private final Catalog catalog;
  private final Folder folder;
  private final Clock clock;

  /**
   * @param folder told of what changes
   */
  public TreeService(Catalog catalog, Folder folder, Clock clock) {
    this.catalog = catalog;
    this.folder = folder;
    this.clock = clock;
  }

  /** What a change did: how many entries, and the version that shows it. */
  public record Change(long entries, long version) {
    /** As it is kept for a repeated request. */
    public String encode() {
      return entries + " " + version;
    }

    /** What {@link #encode} gave. */
    public static Change decode(String line) {
      int space = line.indexOf(' ');
      return new Change(
          Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
    }
  }

  /**
   * Asks of a branch's working state, all of one instant.
   *
   * @param questions may run more than once
   * @throws AifsException.NotFound if there is no such branch
   */
  public <T> T read(NamespaceRow namespace, Name branch, Function<PathQueries, T> questions) {
    return catalog.read(reader -> questions.apply(queries(reader, namespace, branch)));
  }

  private static PathQueries queries(CatalogReader reader, NamespaceRow namespace, Name branch) {
    requireBranch(reader, namespace, branch);
    return new PathQueries(
        new WorkingPaths(reader.tree(), namespace.number(), branch),
        namespace.name() + "/" + branch);
  }

  /**
   * Removes paths; the assets they name stay.
   *
   * @param recursive also directories with all below; without it a directory must be empty
   */
  public Change remove(
      NamespaceRow namespace,
      Name branch,
      List<TreePath> paths,
      boolean recursive,
      Optional<WriteRequest> request) {
    requireBatch(paths);
    Instant now = clock.instant();
    Change change =
        catalog.write(
            writer ->
                WriteRequest.once(
                    request,
                    writer,
                    now,
                    Change::encode,
                    Change::decode,
                    () -> {
                      requireBranch(writer, namespace, branch);
                      long removed = 0;
                      for (TreePath path : paths) {
                        removed += remove(writer, namespace, branch, path, recursive);
                      }
                      return changed(writer, namespace, branch, now, "tree.remove", removed, paths);
                    }));
    folder.changed(namespace, branch, paths.size());
    return change;
  }

  private static long remove(
      CatalogWriter writer, NamespaceRow namespace, Name branch, TreePath path, boolean recursive) {
    TreeEntry entry =
        path.isRoot()
            ? new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY)
            : queries(writer, namespace, branch).require(path).entry();
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
  public Change move(
      NamespaceRow namespace,
      Name branch,
      TreePath from,
      TreePath to,
      Optional<WriteRequest> request) {
    if (from.isRoot() || to.isRoot() || from.contains(to)) {
      throw new AifsException.InvalidRequest(
          Reason.PATH_INVALID,
          "to_path",
          "'" + from + "' cannot be moved to '" + to + "'",
          "name two paths of which neither is the root and the second is not below the first");
    }
    Instant now = clock.instant();
    Change change =
        catalog.write(
            writer ->
                WriteRequest.once(
                    request,
                    writer,
                    now,
                    Change::encode,
                    Change::decode,
                    () -> {
                      PathEntry moved = queries(writer, namespace, branch).require(from);
                      requireFree(writer, namespace, branch, to);
                      new PathRules(writer.tree(), namespace.number(), branch)
                          .requireFits(List.of(new PathEntry(to, moved.entry())));
                      long entries = writer.tree().move(namespace.number(), branch, from, to);
                      return changed(
                          writer, namespace, branch, now, "tree.move", entries, List.of(from, to));
                    }));
    folder.changed(namespace, branch, 1);
    return change;
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

  private static Change changed(
      CatalogWriter writer,
      NamespaceRow namespace,
      Name branch,
      Instant now,
      String type,
      long entries,
      List<TreePath> paths) {
    Map<String, String> details =
        Map.of(
            "branch", branch.value(),
            "first_path", paths.getFirst().value(),
            "last_path", paths.getLast().value(),
            "entries", Long.toString(entries));
    long version =
        writer.events().append(new EventRow(0, namespace.number(), type, now, List.of(), details));
    return new Change(entries, version);
  }

  /**
   * @throws AifsException.NotFound if there is no such branch
   * @throws AifsException.Precondition if it is a tag
   */
  static void requireBranch(CatalogReader reader, NamespaceRow namespace, Name branch) {
    if (reader.working().tree(namespace.number(), branch, TreePart.PATHS).isEmpty()) {
      Optional<TagRow> tag = reader.refs().tag(namespace.number(), branch);
      if (tag.isPresent() && tag.get().deletedAt().isEmpty()) {
        throw new AifsException.Precondition(
            Reason.READ_ONLY_REF,
            "'" + branch + "' is a tag, and only branches can be changed",
            "name a branch; 'aifs branch create NAME " + branch + "' makes one there");
      }
      throw new AifsException.NotFound(
          Reason.REF_NOT_FOUND,
          "branch '" + branch + "' is not in namespace '" + namespace.name() + "'",
          "'aifs branch list' shows the branches; 'aifs branch create' makes one");
    }
  }

  private static void requireBatch(List<TreePath> paths) {
    if (paths.isEmpty() || paths.size() > Limits.BATCH_ENTRIES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "paths",
          "a batch is 1 to " + Limits.BATCH_ENTRIES_MAX + " paths: " + paths.size(),
          "split it");
    }
  }
}
