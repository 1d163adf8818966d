package io.aifs.cli.transfer;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A local directory that a tree is written to. Nothing is ever written outside it: every directory
 * on the way is looked at without following links, whoever made them. Thread-safe.
 */
final class Destination {
  private final Path root;
  private final Set<Path> checked = ConcurrentHashMap.newKeySet();
  private final boolean created;

  /** Creates the directory if it is not there. That one may itself be reached over links. */
  Destination(Path directory) throws IOException {
    this.created = !Files.exists(directory);
    if (created) {
      Files.createDirectories(directory);
    } else if (!Files.isDirectory(directory)) {
      throw new AifsException.Precondition(
          Reason.NOT_A_DIRECTORY,
          directory + " is not a directory, and a directory is to be written there",
          "name another place, or remove it first");
    }
    this.root = directory.toRealPath();
    checked.add(root);
  }

  Path root() {
    return root;
  }

  /** Whether this get made the directory. */
  boolean created() {
    return created;
  }

  /** The local path for a relative one of the store; nothing is created or looked at. */
  Path path(String relative) {
    Path path = root.resolve(relative);
    // The store's paths cannot hold "..", so this only fails if that ever changes.
    if (!path.startsWith(root) || !path.normalize().equals(path)) {
      throw new AifsException.Failed(
          Reason.PATH_INVALID, "path '" + relative + "' leads out of " + root, "", null);
    }
    return path;
  }

  /**
   * Makes sure that a directory below the root is there and really is a directory.
   *
   * @throws AifsException.Precondition if a link or a file is in the way
   */
  void ensureDirectory(Path directory) throws IOException {
    if (checked.contains(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent == null || !directory.startsWith(root)) {
      throw new IllegalStateException(directory + " is not below " + root);
    }
    ensureDirectory(parent);
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException _) {
      requireRealDirectory(directory);
    }
    checked.add(directory);
  }

  private static void requireRealDirectory(Path directory) {
    if (Files.isSymbolicLink(directory)) {
      throw new AifsException.Precondition(
          Reason.NOT_A_DIRECTORY,
          directory + " is a symbolic link; nothing is written through it",
          "remove the link, or get into another directory");
    }
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new AifsException.Precondition(
          Reason.NOT_A_DIRECTORY,
          directory + " is in the way of a directory",
          "remove it, or get into another directory");
    }
  }
}
