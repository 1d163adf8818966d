package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.io.Serial;

/** A record that the index knows does not read back as it was written. */
public final class DamagedRecordException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Digest id;

  public DamagedRecordException(PackId pack, long position, Digest id, String detail) {
    super("pack " + pack + " at byte " + position + ", record " + id + ": " + detail);
    this.id = id;
  }

  /** The stored id of the record. */
  public Digest id() {
    return id;
  }
}
