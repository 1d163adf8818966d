package io.aifs.server.audit;

import java.util.Optional;

/** Where the newest head is kept, apart from the log. Thread-safe. */
public interface HeadStore {
  /** What was kept last; empty if nothing ever was, or it was lost. */
  Optional<SealedHead> newest();

  /** Keeps a head in place of the one before, durable when this returns. */
  void keep(SealedHead head);
}
