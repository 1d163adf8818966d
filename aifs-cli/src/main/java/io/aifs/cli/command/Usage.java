package io.aifs.cli.command;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;

/** Command lines that parse and still make no sense. */
final class Usage {
  static AifsException.InvalidRequest error(String message, String hint) {
    return new AifsException.InvalidRequest(Reason.ARGUMENT_INVALID, "command line", message, hint);
  }

  private Usage() {}
}
