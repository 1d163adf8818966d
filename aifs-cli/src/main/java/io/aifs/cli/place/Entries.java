package io.aifs.cli.place;

import io.aifs.client.AifsClient;
import io.aifs.client.PathInfo;
import io.aifs.client.Tree;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What paths of one ref name. */
public final class Entries {
  private static final int PAGE_SIZE = 4_000;
  private final Tree tree;
  private final Place.OfPath place;

  /**
   * @param client speaks of the place's namespace
   */
  public Entries(AifsClient client, Place.OfPath place) {
    this.tree = client.tree();
    this.place = place;
  }

  /** Does something with an entry. */
  public interface Visitor {
    void visit(PathInfo info) throws IOException;
  }

  /** What is there, if something is. The root is always a directory. */
  public Optional<TreeEntry> find() {
    TreePath path = place.path();
    if (path.isRoot()) {
      return Optional.of(new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY));
    }
    return Optional.ofNullable(tree.stat(place.ref(), List.of(path)).get(path))
        .map(PathInfo::entry);
  }

  /** Whether a directory is there, as far as the token lets its holder know. */
  public boolean isKnownDirectory() {
    try {
      return find().orElse(null) instanceof TreeEntry.Directory;
    } catch (AifsException.Denied _) {
      return false;
    }
  }

  /**
   * What is there.
   *
   * @throws AifsException.NotFound if nothing is
   * @throws AifsException.Precondition if the address insists on a directory and it is none
   */
  public TreeEntry require() {
    TreeEntry entry =
        find()
            .orElseThrow(
                () ->
                    new AifsException.NotFound(
                        Reason.PATH_NOT_FOUND,
                        "nothing is at " + place,
                        "'aifs ls' shows what is there"));
    if (place.directory() && !(entry instanceof TreeEntry.Directory)) {
      throw new AifsException.Precondition(
          Reason.NOT_A_DIRECTORY, place + " is not a directory", "leave out the slash at its end");
    }
    return entry;
  }

  /** The names directly in the directory, in order. */
  public void children(Visitor visitor) throws IOException {
    visitAll(false, visitor);
  }

  /** Every entry below the directory, in order; directories that were never put do not appear. */
  public void below(Visitor visitor) throws IOException {
    visitAll(true, visitor);
  }

  private void visitAll(boolean recursive, Visitor visitor) throws IOException {
    Optional<String> token = Optional.empty();
    do {
      Tree.PathPage page = tree.list(place.ref(), place.path(), recursive, PAGE_SIZE, token);
      for (PathInfo info : page.paths()) {
        requireBelow(info.path());
        visitor.visit(info);
      }
      token = page.nextPageToken();
    } while (token.isPresent());
  }

  /** A server could answer with any path; what is written to disk depends on them. */
  private void requireBelow(TreePath path) {
    if (!place.path().contains(path)) {
      throw new AifsException.Failed(
          Reason.INTERNAL,
          "the server listed '" + path + "', which is not below " + place,
          "do not trust this server; see whether its version fits",
          null);
    }
  }
}
