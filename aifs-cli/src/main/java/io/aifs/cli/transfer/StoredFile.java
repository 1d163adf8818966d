package io.aifs.cli.transfer;

import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/** A file that is in the store now; or would be, in a dry run. */
public record StoredFile(TreePath path, Digest id, long size, boolean newContent) {
  /** Takes files in the order in which they were stored, one at a time. */
  public interface Listener {
    void stored(StoredFile file);
  }
}
