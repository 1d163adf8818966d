package io.aifs.cli.transfer;

import io.aifs.cli.statcache.FileMemory;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to put files.
 *
 * @param jobs how many files or batches to work on at once
 * @param dryRun read and ask, but change nothing
 * @param leftOut a directory not to enter: the store's own
 * @param memory tells the ids of files that have not changed, and learns those of others
 */
public record UploadOptions(
    Name branch,
    AssetKind kind,
    Map<String, String> metadata,
    List<ParentEdge> parents,
    IgnoreRules rules,
    int jobs,
    boolean dryRun,
    Optional<Path> leftOut,
    FileMemory memory) {
  public UploadOptions {
    metadata = Map.copyOf(metadata);
    parents = List.copyOf(parents);
  }

  /** A blob with nothing said about it, on branch main. */
  public static UploadOptions plain(int jobs) {
    return new UploadOptions(
        Name.MAIN_BRANCH,
        AssetKind.BLOB,
        Map.of(),
        List.of(),
        IgnoreRules.of(List.of()),
        jobs,
        false,
        Optional.empty(),
        FileMemory.NONE);
  }

  public UploadOptions withRules(IgnoreRules newRules) {
    return new UploadOptions(
        branch, kind, metadata, parents, newRules, jobs, dryRun, leftOut, memory);
  }

  /** The same with what is remembered of files, and shall learn what is put. */
  public UploadOptions withMemory(FileMemory newMemory) {
    return new UploadOptions(
        branch, kind, metadata, parents, rules, jobs, dryRun, leftOut, newMemory);
  }

  /** Whether nothing but the path is said of the content, so that known content need not travel. */
  boolean saysNothing() {
    return kind == AssetKind.BLOB && metadata.isEmpty() && parents.isEmpty();
  }
}
