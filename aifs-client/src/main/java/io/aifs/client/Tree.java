package io.aifs.client;

import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Paths of branches, and of what they were at any ref. Thread-safe. Only branches can be changed.
 */
public interface Tree {
  /** Puts many small files, links and directories in one round trip, visible at one instant. */
  PutFilesOutcome putFiles(Name branch, List<FilePut> files);

  /** Those of {@code paths} that exist, in as few round trips as it takes. */
  Map<TreePath, PathInfo> stat(Ref ref, Collection<TreePath> paths);

  /** A page of the names directly in {@code directory}, or of everything below it. */
  PathPage list(
      Ref ref, TreePath directory, boolean recursive, int pageSize, Optional<String> pageToken);

  /** Removes paths; {@code recursive} also directories with all below. Returns how many entries. */
  long remove(Name branch, List<TreePath> paths, boolean recursive);

  /** Gives a file or directory another path. Returns how many entries moved. */
  long move(Name branch, TreePath from, TreePath to);

  /** How much a path and all below it hold. */
  Usage usage(Ref ref, TreePath path);

  /** One page in order of the paths' UTF-8 bytes; {@code nextPageToken} is empty at the end. */
  record PathPage(List<PathInfo> paths, Optional<String> nextPageToken) {
    public PathPage {
      paths = List.copyOf(paths);
    }
  }

  /** {@code distinctBytes} counts each asset once. */
  record Usage(
      long files, long directories, long symlinks, long contentBytes, long distinctBytes) {}
}
