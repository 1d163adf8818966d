package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.catalog.TreePart;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

    /**
     * Reads {@link #encode}.
     *
     * @throws AifsException.Corrupt if it is something else
     */
    public static Change decode(String line) {
      return KeptOutcome.decode(
          line, 2, words -> new Change(Long.parseLong(words.get(0)), Long.parseLong(words.get(1))));
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

  static PathQueries queries(CatalogReader reader, NamespaceRow namespace, Name branch) {
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
    PathChanges.requireBatch(paths);
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
                    () -> PathChanges.remove(writer, namespace, branch, paths, recursive, now)));
    folder.changed(namespace, branch, paths.size());
    return change;
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
    PathChanges.requireMovable(from, to);
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
                    () -> PathChanges.move(writer, namespace, branch, from, to, now)));
    folder.changed(namespace, branch, 1);
    return change;
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
}
