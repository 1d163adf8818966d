package io.aifs.cli.place;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/** What an address means to a command. */
public sealed interface Place {
  Name namespace();

  /** An asset by its id. */
  record OfAsset(Name namespace, Digest id) implements Place {
    @Override
    public String toString() {
      return "aifs://" + namespace + "/" + id;
    }
  }

  /**
   * A path of a branch.
   *
   * @param directory whether the address insists on a directory
   */
  record OfPath(Name namespace, Name branch, TreePath path, boolean directory) implements Place {
    @Override
    public String toString() {
      return "aifs://" + namespace + "/" + branch + "/" + path;
    }

    /** The place called {@code name} in this one. */
    public OfPath child(String name) {
      return new OfPath(namespace, branch, path.resolve(name), false);
    }

    public OfPath withPath(TreePath other) {
      return new OfPath(namespace, branch, other, false);
    }
  }
}
