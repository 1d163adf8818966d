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
import io.aifs.server.catalog.TreeUsage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Paths of a branch's working state: describe, list, remove, move. Thread-safe. */
public final class TreeService {
  private final Catalog catalog;
  private final Clock clock;

  public TreeService(Catalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /** What a change did: how many entries, and the version that shows it. */
  public record Change(long entries, long version) {
    String encode() {
      return entries + " " + version;
    }

    static Change decode(String line) {
      int space = line.indexOf(' ');
      return new Change(
          Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
    }
  }

  /**
   * What a path names.
   *
   * @throws AifsException.NotFound if it names nothing
   */
  public PathEntry require(NamespaceRow namespace, Name branch, TreePath path) {
    requireBranch(branch);
    return catalog.read(reader -> require(reader, namespace, branch, path));
  }

  /**
   * The asset a path names.
   *
   * @throws AifsException.NotFound if it names nothing
   * @throws AifsException.Precondition if it names a directory or a link
   */
  public TreeEntry.File requireFile(NamespaceRow namespace, Name branch, TreePath path) {
    return switch (require(namespace, branch, path).entry()) {
      case TreeEntry.File file -> file;
      case TreeEntry.Directory _ ->
          throw new AifsException.Precondition(
              Reason.IS_A_DIRECTORY,
              "path '" + path + "' is a directory",
              "name a file in it; 'aifs ls' shows them");
      case TreeEntry.Symlink(String target, _) ->
          throw new AifsException.Precondition(
              Reason.IS_A_DIRECTORY,
              "path '" + path + "' is a symbolic link to '" + target + "'",
              "read what it points to");
    };
  }

  /** Those of {@code paths} that exist, in order. */
  public List<PathEntry> describeAll(
      NamespaceRow namespace, Name branch, Collection<TreePath> paths) {
    requireBranch(branch);
    return catalog.read(
        reader -> {
          List<PathEntry> found = new ArrayList<>();
          for (TreePath path : paths) {
            reader.tree().find(namespace.number(), branch, path).ifPresent(found::add);
          }
          return found;
        });
  }

  /**
   * The names directly in a directory, after the name {@code after}.
   *
   * @throws AifsException.NotFound if there is no such directory
   * @throws AifsException.Precondition if it is not a directory
   */
  public List<PathEntry> children(
      NamespaceRow namespace, Name branch, TreePath directory, Optional<String> after, int limit) {
    requireBranch(branch);
    return catalog.read(
        reader -> {
          requireDirectory(reader, namespace, branch, directory);
          return reader.tree().children(namespace.number(), branch, directory, after, limit);
        });
  }

  /** Every entry at and below a path, after the path {@code after}. */
  public List<PathEntry> walk(
      NamespaceRow namespace, Name branch, TreePath path, Optional<TreePath> after, int limit) {
    requireBranch(branch);
    return catalog.read(
        reader -> {
          if (!path.isRoot()) {
            require(reader, namespace, branch, path);
          }
          return reader.tree().walk(namespace.number(), branch, path, after, limit);
        });
  }

  /** How much a path and all below it hold. */
  public TreeUsage usage(NamespaceRow namespace, Name branch, TreePath path) {
    requireBranch(branch);
    return catalog.read(
        reader -> {
          if (!path.isRoot()) {
            require(reader, namespace, branch, path);
          }
          return reader.tree().usage(namespace.number(), branch, path);
        });
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
    requireBranch(branch);
    requireBatch(paths);
    Instant now = clock.instant();
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                Change::encode,
                Change::decode,
                () -> {
                  long removed = 0;
                  for (TreePath path : paths) {
                    removed += remove(writer, namespace, branch, path, recursive);
                  }
                  return changed(writer, namespace, branch, now, "tree.remove", removed, paths);
                }));
  }

  private static long remove(
      CatalogWriter writer, NamespaceRow namespace, Name branch, TreePath path, boolean recursive) {
    TreeEntry entry =
        path.isRoot()
            ? new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY)
            : require(writer, namespace, branch, path).entry();
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
    requireBranch(branch);
    if (from.isRoot() || to.isRoot() || from.contains(to)) {
      throw new AifsException.InvalidRequest(
          Reason.PATH_INVALID,
          "to_path",
          "'" + from + "' cannot be moved to '" + to + "'",
          "name two paths of which neither is the root and the second is not below the first");
    }
    Instant now = clock.instant();
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                Change::encode,
                Change::decode,
                () -> {
                  PathEntry moved = require(writer, namespace, branch, from);
                  requireFree(writer, namespace, branch, to);
                  new PathRules(writer.tree(), namespace.number(), branch)
                      .requireFits(List.of(new PathEntry(to, moved.entry())));
                  long entries = writer.tree().move(namespace.number(), branch, from, to);
                  return changed(
                      writer, namespace, branch, now, "tree.move", entries, List.of(from, to));
                }));
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

  private static PathEntry require(
      CatalogReader reader, NamespaceRow namespace, Name branch, TreePath path) {
    return reader
        .tree()
        .find(namespace.number(), branch, path)
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.PATH_NOT_FOUND,
                    "path '" + path + "' is not in " + namespace.name() + "/" + branch,
                    "'aifs ls' shows what is there"));
  }

  private static void requireDirectory(
      CatalogReader reader, NamespaceRow namespace, Name branch, TreePath path) {
    if (!path.isRoot()
        && !(require(reader, namespace, branch, path).entry() instanceof TreeEntry.Directory)) {
      throw new AifsException.Precondition(
          Reason.NOT_A_DIRECTORY, "path '" + path + "' is not a directory", "list its parent");
    }
  }

  /** Only the working state of {@code main} exists yet. */
  public static void requireBranch(Name branch) {
    if (!branch.equals(Name.MAIN_BRANCH)) {
      throw new AifsException.NotFound(
          Reason.REF_NOT_FOUND,
          "branch '" + branch + "' does not exist",
          "use branch main; other branches come with snapshots");
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
