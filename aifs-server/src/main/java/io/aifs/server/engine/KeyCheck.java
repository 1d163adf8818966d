package io.aifs.server.engine;

import java.util.function.Consumer;

/** Checks the files that the store cannot be opened without: FORMAT and the wrapped keys. */
@FunctionalInterface
public interface KeyCheck {
  /**
   * @param repair write anew, from its copy, what is missing or damaged
   */
  void check(boolean repair, Consumer<Finding> findings);
}
