package io.aifs.core.tree;

import java.io.IOException;
import java.io.Serial;

/** Bytes that should be a node of a tree are none. The message says what is wrong with them. */
public final class TreeDamagedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public TreeDamagedException(String message) {
    super(message);
  }

  TreeDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
