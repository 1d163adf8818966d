package io.aifs.cli.transfer;

import io.aifs.cli.output.Failure;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks a directory in the order of its names, links not followed, ignore rules applied. Memory
 * grows with the largest directory, not with the tree.
 */
public final class TreeWalk {
  private final IgnoreRules rules;
  private final Optional<Path> leftOut;
  private final Notices notices;
  private final Visitor visitor;

  /** Takes what is found; a directory before what is in it. */
  interface Visitor {
    void visit(Walked walked) throws IOException;
  }

  /**
   * @param leftOut a directory not to enter: the store's own
   */
  TreeWalk(IgnoreRules rules, Optional<Path> leftOut, Notices notices, Visitor visitor) {
    this.rules = rules;
    this.leftOut = leftOut;
    this.notices = notices;
    this.visitor = visitor;
  }

  /** Visits a directory, unless it is the root of the store's tree, and everything below it. */
  void walk(Path directory, TreePath target) throws IOException {
    LocalAttributes attributes = LocalAttributes.following(directory);
    if (!target.isRoot()) {
      visitor.visit(
          new Walked(
              target,
              directory,
              Walked.Kind.DIRECTORY,
              attributes.attributes(),
              attributes.stamp()));
    }
    children(directory, target, "", rules);
  }

  private void children(Path directory, TreePath target, String relative, IgnoreRules outer)
      throws IOException {
    IgnoreRules inner;
    List<Path> names;
    try {
      inner = outer.inside(directory, relative);
      names = names(directory);
    } catch (IOException e) {
      notices.skipped(directory, Failure.of(e).message());
      return;
    }
    for (Path child : names) {
      one(child, target, relative, inner);
    }
  }

  /** The paths in a directory in the order of their bytes. */
  private static List<Path> names(Path directory) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(names::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(null);
    return names;
  }

  private void one(Path path, TreePath parent, String parentRelative, IgnoreRules inner)
      throws IOException {
    LocalAttributes attributes;
    try {
      attributes = LocalAttributes.of(path);
    } catch (IOException e) {
      notices.skipped(path, Failure.of(e).message());
      return;
    }
    String name = path.getFileName().toString();
    String relative = parentRelative.isEmpty() ? name : parentRelative + "/" + name;
    boolean directory = attributes.kind().equals(Optional.of(Walked.Kind.DIRECTORY));
    if (inner.ignores(relative, directory)) {
      return;
    }
    Optional<TreePath> target = target(path, name, parent);
    if (target.isEmpty()) {
      return;
    }
    if (attributes.kind().isEmpty()) {
      notices.skipped(path, "neither a file, a directory nor a symbolic link");
    } else if (directory && isLeftOut(path)) {
      notices.note(path, "left out: it is the data directory of the store itself");
    } else {
      visitor.visit(
          new Walked(
              target.get(),
              path,
              attributes.kind().get(),
              attributes.attributes(),
              attributes.stamp()));
      if (directory) {
        children(path, target.get(), relative, inner);
      }
    }
  }

  private Optional<TreePath> target(Path path, String name, TreePath parent) {
    if (!LocalName.isUtf8(path.getFileName())) {
      notices.skipped(path, "its name is not UTF-8");
      return Optional.empty();
    }
    try {
      return Optional.of(parent.resolve(name));
    } catch (IllegalArgumentException e) {
      notices.skipped(path, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private boolean isLeftOut(Path directory) throws IOException {
    return leftOut.isPresent()
        && Files.exists(leftOut.get())
        && directory.getFileName().equals(leftOut.get().getFileName())
        && Files.isSameFile(directory, leftOut.get());
  }
}
