package io.aifs.server.engine.token;

import io.aifs.core.AifsException;
import java.util.List;

/**
 * The root keys of tokens, and what the holder of the store gets from them without asking.
 * Thread-safe.
 */
public interface TokenRoots {
  /**
   * Makes a root key, durable on return, from which tokens are minted from then on.
   *
   * @return its number
   * @throws AifsException if it cannot be written; then the old one goes on
   */
  int rotate();

  /**
   * Removes all root keys but the newest, for good: nothing verifies with them from then on.
   *
   * @return their numbers
   */
  List<Integer> retireOlder();

  /**
   * Puts a new admin token in place of one that is refused by now. What was taken back stays so if
   * that fails, and the next opening of the store makes up for it.
   */
  void renewAdminToken();
}
