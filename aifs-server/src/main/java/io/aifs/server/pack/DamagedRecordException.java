package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.io.Serial;

/** A record that the index knows does not read back as it was written. */
public final class DamagedRecordException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient PackId pack;
  private final long position;
  private final transient Digest id;
  private final String detail;

  public DamagedRecordException(PackId pack, long position, Digest id, String detail) {
    super("pack " + pack + " at byte " + position + ", record " + id + ": " + detail);
    this.pack = pack;
    this.position = position;
    this.id = id;
    this.detail = detail;
  }

  public PackId pack() {
    return pack;
  }

  /** Where it begins in the pack. */
  public long position() {
    return position;
  }

  /** What is wrong with it. */
  public String detail() {
    return detail;
  }

  /** The stored id of the record. */
  public Digest id() {
    return id;
  }
}
