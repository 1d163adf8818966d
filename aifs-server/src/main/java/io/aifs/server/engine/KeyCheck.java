package io.aifs.server.engine;

import java.util.function.Consumer;

/** Checks the files that the store cannot be opened without: FORMAT and the wrapped keys. */
@FunctionalInterface
public interface KeyCheck {
  void check(Consumer<Finding> findings);
}
