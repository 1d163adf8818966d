package io.aifs.server.catalog.journal;

import java.io.IOException;
import java.io.Serial;

/** Bytes that are not what {@code docs/format/journal.md} says, or of a version not known here. */
public final class JournalMalformedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public JournalMalformedException(String what) {
    super(what);
  }

  public JournalMalformedException(String what, Throwable cause) {
    super(what, cause);
  }
}
