package io.aifs.cli.transfer;

import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much an upload of a directory would read.
 *
 * @param entries files, links and directories
 * @param bytes of the files
 */
public record TreeSize(long entries, long bytes) {
  /** Walks a directory as an upload does; what that would skip with a word is left out silently. */
  public static TreeSize of(Path directory, IgnoreRules rules) throws IOException {
    long[] sums = new long[2];
    TreeWalk walk =
        new TreeWalk(
            rules,
            Optional.empty(),
            new Notices(_ -> {}),
            walked -> {
              sums[0]++;
              sums[1] += walked.kind() == Walked.Kind.FILE ? walked.size() : 0;
            });
    walk.walk(directory, TreePath.ROOT);
    return new TreeSize(sums[0], sums[1]);
  }
}
