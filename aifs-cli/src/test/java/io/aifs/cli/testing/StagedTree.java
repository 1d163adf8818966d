package io.aifs.cli.testing;

import io.aifs.client.FilePut;
import io.aifs.client.PathInfo;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.Tree;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Paths as they are; what would change them waits for a commit. */
record StagedTree(Tree tree, MemoryTransactions.One transaction) implements Tree {
  @Override
  public PutFilesOutcome putFiles(Name branch, List<FilePut> files) {
    transaction.add(
        () -> {
          var _ = tree.putFiles(branch, files);
        });
    return new PutFilesOutcome(
        files.stream().map(file -> new PutFilesOutcome.FileOutcome(idOf(file), false)).toList(),
        0,
        0,
        0,
        0);
  }

  private static Optional<Digest> idOf(FilePut file) {
    return switch (file.what()) {
      case FilePut.What.Data(byte[] bytes) -> Optional.of(Digest.of(bytes));
      case FilePut.What.Known(Digest id) -> Optional.of(id);
      case FilePut.What.Symlink _, FilePut.What.Directory _ -> Optional.empty();
    };
  }

  @Override
  public Map<TreePath, PathInfo> stat(Ref ref, Collection<TreePath> paths) {
    return tree.stat(ref, paths);
  }

  @Override
  public PathPage list(
      Ref ref, TreePath directory, boolean recursive, int pageSize, Optional<String> pageToken) {
    return tree.list(ref, directory, recursive, pageSize, pageToken);
  }

  @Override
  public long remove(Name branch, List<TreePath> paths, boolean recursive) {
    transaction.add(() -> tree.remove(branch, paths, recursive));
    return 0;
  }

  @Override
  public long move(Name branch, TreePath from, TreePath to) {
    transaction.add(() -> tree.move(branch, from, to));
    return 0;
  }

  @Override
  public Usage usage(Ref ref, TreePath path) {
    return tree.usage(ref, path);
  }
}
