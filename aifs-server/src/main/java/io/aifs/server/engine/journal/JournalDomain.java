package io.aifs.server.engine.journal;

import io.aifs.crypto.DomainId;

/** The domain of the store's own that the journal is kept in. No namespace can have it. */
public final class JournalDomain {
  public static final DomainId ID = DomainId.fromBytes(new byte[DomainId.BYTES]);

  private JournalDomain() {}
}
