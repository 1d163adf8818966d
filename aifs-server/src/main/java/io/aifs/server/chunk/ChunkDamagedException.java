package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A stored chunk does not read back as what it was. */
public final class ChunkDamagedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Digest digest;
  private final boolean byBase;

  public ChunkDamagedException(Digest digest, String detail, @Nullable Throwable cause) {
    this(digest, detail, cause, false);
  }

  private ChunkDamagedException(
      Digest digest, String detail, @Nullable Throwable cause, boolean byBase) {
    super("chunk " + digest + " is damaged: " + detail, cause);
    this.digest = digest;
    this.byBase = byBase;
  }

  /** Of a chunk that is sound itself, but not what it is stored as a difference to. */
  static ChunkDamagedException byBase(
      Digest digest, Digest base, String detail, @Nullable Throwable cause) {
    return new ChunkDamagedException(
        digest, "it is a difference to record " + base + ", " + detail, cause, true);
  }

  /** Whether the damage is that of what it is stored as a difference to. */
  boolean isByBase() {
    return byBase;
  }

  public Digest digest() {
    return digest;
  }
}
