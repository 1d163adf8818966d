package io.aifs.server.catalog.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Lists the names in a directory in order, by about one seek for each, whatever is below them.
 *
 * <p>The order of names is not that of keys: the directory {@code a} comes before {@code a-b}, but
 * what makes it exist may only be {@code a/x}, a key after {@code a-b}. So before a name is given
 * out, each shorter name that could be such a directory is asked for; and what was passed that way
 * is passed again when its keys come up.
 */
final class ChildNames {
  private final TreeView view;
  private final byte[] prefix;
  private final byte[] end;
  private final List<PathEntry> found = new ArrayList<>();
  private byte[] last;
  private byte[] seek;

  ChildNames(TreeView view, TreePath directory, Optional<String> after) {
    this.view = view;
    this.prefix = Keys.prefixBelow(directory.toUtf8());
    this.end = Keys.endBelow(directory.toUtf8());
    this.last = after.map(name -> name.getBytes(UTF_8)).orElse(new byte[0]);
    this.seek = last.length == 0 ? Keys.firstBelow(directory.toUtf8()) : Keys.next(key(last));
  }

  List<PathEntry> list(int limit) {
    while (found.size() < limit) {
      Iterator<PathEntry> hits = view.entries(seek, end);
      if (!hits.hasNext()) {
        break;
      }
      take(hits.next());
    }
    return found;
  }

  private void take(PathEntry hit) {
    byte[] path = hit.path().toUtf8();
    byte[] name = firstSegment(path);
    boolean passed = Arrays.compareUnsigned(name, last) <= 0;
    Optional<byte[]> earlier = passed ? Optional.empty() : directoryBefore(name);
    if (earlier.isPresent()) {
      addDirectory(earlier.get()); // the hit itself stays ahead
    } else if (path.length == prefix.length + name.length) {
      found.add(hit);
      last = name;
      seek = Keys.next(path);
    } else {
      if (!passed) {
        addDirectory(name);
      }
      seek = Keys.endBelow(key(name));
    }
  }

  /** The lowest name after the last one that is a part of {@code name} and has keys below it. */
  private Optional<byte[]> directoryBefore(byte[] name) {
    for (int length = 1; length < name.length; length++) {
      if (name[length] > 0 && name[length] < '/') {
        byte[] part = Arrays.copyOf(name, length);
        if (Arrays.compareUnsigned(part, last) > 0 && hasBelow(key(part))) {
          return Optional.of(part);
        }
      }
    }
    return Optional.empty();
  }

  private boolean hasBelow(byte[] path) {
    return view.hasAny(Keys.firstBelow(path), Keys.endBelow(path));
  }

  private void addDirectory(byte[] name) {
    TreePath path = new TreePath(new String(key(name), UTF_8));
    found.add(new PathEntry(path, new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY)));
    last = name;
  }

  private byte[] key(byte[] name) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + name.length);
    System.arraycopy(name, 0, key, prefix.length, name.length);
    return key;
  }

  private byte[] firstSegment(byte[] path) {
    int from = prefix.length;
    int to = from;
    while (to < path.length && path[to] != '/') {
      to++;
    }
    return Arrays.copyOfRange(path, from, to);
  }
}
