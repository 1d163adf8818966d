package io.aifs.cli.transfer;

import io.aifs.client.FilePut;
import io.aifs.client.PathInfo;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.Tree;
import io.aifs.core.AifsException;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts entries, leaving out those that the tree holds already just as they are. Thread-safe. */
final class TreePuts {
  private final Tree tree;
  private final Name branch;

  TreePuts(Tree tree, Name branch) {
    this.tree = tree;
    this.branch = branch;
  }

  /**
   * What was done.
   *
   * @param newContent the paths whose content is new in the store
   * @param problems of content that is not what its kind demands, by path
   */
  record Outcome(
      Set<TreePath> newContent,
      Map<TreePath, String> problems,
      long storedBytes,
      long chunks,
      long newChunks) {
    static final Outcome NOTHING = new Outcome(Set.of(), Map.of(), 0, 0, 0);
  }

  /** Puts what is missing or different; the paths must differ. */
  Outcome put(List<FilePut> puts) {
    List<FilePut> wanted = wanted(puts);
    if (wanted.isEmpty()) {
      return Outcome.NOTHING;
    }
    PutFilesOutcome outcome = tree.putFiles(branch, wanted);
    Set<TreePath> newContent = new HashSet<>();
    Map<TreePath, String> problems = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      PutFilesOutcome.FileOutcome file = outcome.files().get(i);
      if (file.newContent()) {
        newContent.add(wanted.get(i).path());
      }
      if (!file.payloadProblem().isEmpty()) {
        problems.put(wanted.get(i).path(), file.payloadProblem());
      }
    }
    return new Outcome(
        newContent, problems, outcome.storedBytes(), outcome.chunks(), outcome.newChunks());
  }

  /** Asks only where the answer may save something: what brings bytes is seldom there. */
  private List<FilePut> wanted(List<FilePut> puts) {
    List<TreePath> asked =
        puts.stream().filter(put -> !bringsBytes(put)).map(FilePut::path).toList();
    boolean worthwhile =
        asked.size() == puts.size()
            || puts.stream().anyMatch(put -> put.what() instanceof FilePut.What.Known);
    if (!worthwhile) {
      return puts;
    }
    Map<TreePath, PathInfo> there = there(asked);
    return puts.stream().filter(put -> !isThere(put, there)).toList();
  }

  private static boolean bringsBytes(FilePut put) {
    return put.what() instanceof FilePut.What.Data;
  }

  private Map<TreePath, PathInfo> there(List<TreePath> paths) {
    try {
      return tree.stat(Ref.ofBranch(branch), paths);
    } catch (AifsException.Denied _) {
      return Map.of(); // who may only put is told nothing
    }
  }

  private static boolean isThere(FilePut put, Map<TreePath, PathInfo> there) {
    PathInfo info = there.get(put.path());
    if (info == null || !info.entry().attributes().equals(put.attributes())) {
      return false;
    }
    TreeEntry entry = info.entry();
    return switch (put.what()) {
      case FilePut.What.Known(var id) ->
          entry instanceof TreeEntry.File file && file.asset().equals(id);
      case FilePut.What.Symlink(String target) ->
          entry instanceof TreeEntry.Symlink link && link.target().equals(target);
      // With these attributes it may be there only because something is below it.
      case FilePut.What.Directory() ->
          entry instanceof TreeEntry.Directory
              && !put.attributes().equals(FileAttributes.PLAIN_DIRECTORY);
      case FilePut.What.Data _ -> false;
    };
  }
}
