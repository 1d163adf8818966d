package io.aifs.client.bundle;

import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/** Hears how far an import is; called by the thread that imports. */
public interface ImportListener {
  /** Hears nothing. */
  ImportListener NONE = new ImportListener() {};

  /** What there is to put. */
  default void planned(long assets, long bytes) {}

  /** Bytes were read to be put, or, if negative, have to be read again. */
  default void moved(long bytes) {}

  /**
   * An asset is staged.
   *
   * @param change what the store will have that it had not
   */
  default void staged(TreePath path, Digest id, long bytes, Change change) {}

  /** What an import changes. */
  enum Change {
    /** The content is new. */
    NEW,
    /** The store has the content already; the path, or what is said of it, is new. */
    KNOWN,
    /** Nothing. */
    NONE
  }
}
