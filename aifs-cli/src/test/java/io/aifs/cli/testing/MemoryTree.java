package io.aifs.cli.testing;

import io.aifs.client.FilePut;
import io.aifs.client.PathInfo;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.Tree;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** Paths in memory, in pages of three. */
record MemoryTree(MemoryStore store, Name namespace) implements Tree {
  private static final int PAGE = 3;

  private MemorySpace space() {
    return store.space(namespace);
  }

  private NavigableMap<TreePath, TreeEntry> paths(Name branch) {
    return space().timeline.branch(branch).paths();
  }

  private NavigableMap<TreePath, TreeEntry> paths(Ref ref) {
    return space().timeline.paths(ref);
  }

  @Override
  public PutFilesOutcome putFiles(Name branch, List<FilePut> files) {
    synchronized (store) {
      store.batches.add(files);
      List<PutFilesOutcome.FileOutcome> outcomes = new ArrayList<>();
      long stored = 0;
      for (FilePut file : files) {
        boolean isNew = false;
        Optional<Digest> id = Optional.empty();
        switch (file.what()) {
          case FilePut.What.Data(byte[] bytes) -> {
            isNew = space().put(bytes, file.kind(), file.metadata(), file.parents());
            stored += isNew ? bytes.length : 0;
            id = Optional.of(Digest.of(bytes));
          }
          case FilePut.What.Known(Digest known) -> id = Optional.of(known);
          case FilePut.What.Symlink(String target) ->
              paths(branch).put(file.path(), new TreeEntry.Symlink(target, file.attributes()));
          case FilePut.What.Directory() ->
              paths(branch).put(file.path(), new TreeEntry.Directory(file.attributes()));
        }
        id.ifPresent(
            asset -> paths(branch).put(file.path(), space().file(asset, file.attributes())));
        outcomes.add(new PutFilesOutcome.FileOutcome(id, isNew, store.payloadProblem));
      }
      return new PutFilesOutcome(outcomes, stored, files.size(), 0, 1);
    }
  }

  @Override
  public Map<TreePath, PathInfo> stat(Ref ref, Collection<TreePath> paths) {
    synchronized (store) {
      Map<TreePath, PathInfo> found = new LinkedHashMap<>();
      for (TreePath path : paths) {
        MemorySpace.find(paths(ref), path)
            .ifPresent(entry -> found.put(path, new PathInfo(path, entry)));
      }
      return found;
    }
  }

  @Override
  public PathPage list(
      Ref ref, TreePath directory, boolean recursive, int pageSize, Optional<String> token) {
    List<PathInfo> all =
        new ArrayList<>(
            recursive
                ? MemorySpace.below(paths(ref), directory)
                : MemorySpace.children(paths(ref), directory));
    if (recursive) {
      all.addAll(store.lies);
    }
    int from = token.map(Integer::parseInt).orElse(0);
    int to = Math.min(all.size(), from + PAGE);
    return new PathPage(
        all.subList(from, to),
        to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  @Override
  public long remove(Name branch, List<TreePath> paths, boolean recursive) {
    long removed = 0;
    for (TreePath path : paths) {
      if (!recursive && MemorySpace.below(paths(branch), path).size() > 1) {
        throw new AifsException.Precondition(
            Reason.DIRECTORY_NOT_EMPTY, path + " is not empty", "use -r");
      }
      int before = paths(branch).size();
      paths(branch).keySet().removeIf(path::contains);
      removed += before - paths(branch).size();
    }
    return removed;
  }

  @Override
  public long move(Name branch, TreePath from, TreePath to) {
    if (MemorySpace.find(paths(branch), from).isEmpty()) {
      throw new AifsException.NotFound(Reason.PATH_NOT_FOUND, from + " is not here", "");
    }
    if (MemorySpace.find(paths(branch), to).isPresent()) {
      throw new AifsException.AlreadyExists(Reason.PATH_EXISTS, to + " exists", "remove it");
    }
    List<PathInfo> moved = MemorySpace.below(paths(branch), from);
    for (PathInfo info : moved) {
      paths(branch).remove(info.path());
      String rest = info.path().value().substring(from.value().length());
      paths(branch).put(new TreePath(to.value() + rest), info.entry());
    }
    return moved.size();
  }

  @Override
  public Usage usage(Ref ref, TreePath path) {
    long files = 0;
    long directories = 0;
    long symlinks = 0;
    long bytes = 0;
    long distinct = 0;
    Set<Digest> seen = new HashSet<>();
    for (PathInfo info : MemorySpace.below(paths(ref), path)) {
      switch (info.entry()) {
        case TreeEntry.File file -> {
          files++;
          bytes += file.size();
          distinct += seen.add(file.asset()) ? file.size() : 0;
        }
        case TreeEntry.Directory _ -> directories++;
        case TreeEntry.Symlink _ -> symlinks++;
      }
    }
    return new Usage(files, directories, symlinks, bytes, distinct);
  }
}
