package io.aifs.server.engine.policy;

import java.io.Serial;

/** A document is no policy. The message names the place as a JSON pointer. */
final class PolicyInvalidException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param pointer to what is wrong; empty for the whole document
   */
  PolicyInvalidException(String pointer, String message) {
    super((pointer.isEmpty() ? "the policy" : "'" + pointer + "' of the policy") + " " + message);
  }
}
