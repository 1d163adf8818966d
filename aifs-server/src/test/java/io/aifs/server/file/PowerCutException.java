package io.aifs.server.file;

import java.io.IOException;

/** The power is off: nothing happens any more. */
public final class PowerCutException extends IOException {
  private static final long serialVersionUID = 1L;

  public PowerCutException(String when) {
    super("power cut: " + when);
  }
}
