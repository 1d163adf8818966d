package io.aifs.server.crash;

import io.aifs.core.model.TreePath;
import java.util.List;
import java.util.Random;

/**
 * Paths to put to. Names that begin with {@code f} are files, those with {@code d} directories, so
 * that none is in the way of another.
 */
final class Paths {
  private static final int FILES = 8;
  private static final int DIRECTORIES = 4;

  private final Random random;
  private int fresh;

  Paths(Random random) {
    this.random = random;
  }

  /** Any file: one that is there, or another. */
  TreePath file(Model.Space space) {
    List<TreePath> there = List.copyOf(space.paths().keySet());
    if (!there.isEmpty() && random.nextInt(3) == 0) {
      return there.get(random.nextInt(there.size()));
    }
    String name = "f" + random.nextInt(FILES);
    return new TreePath(
        switch (random.nextInt(3)) {
          case 0 -> name;
          case 1 -> "d" + random.nextInt(DIRECTORIES) + "/" + name;
          default ->
              "d" + random.nextInt(DIRECTORIES) + "/d" + random.nextInt(DIRECTORIES) + "/" + name;
        });
  }

  /** A directory above some file that is there; or that file, if it lies at the top. */
  TreePath directory(Model.Space space) {
    List<TreePath> there = List.copyOf(space.paths().keySet());
    TreePath file = there.get(random.nextInt(there.size()));
    return file.parent().isRoot() ? file : file.parent();
  }

  /** Where nothing is, of the same shape as {@code from}, and not below it. */
  TreePath free(Model.Space space, TreePath from) {
    String name = from.name().charAt(0) + "-" + fresh++;
    TreePath directory = directory(space);
    boolean below = random.nextBoolean() && directory.name().startsWith("d");
    TreePath to = below ? directory.resolve(name) : new TreePath(name);
    return from.contains(to) ? new TreePath(name) : to;
  }
}
