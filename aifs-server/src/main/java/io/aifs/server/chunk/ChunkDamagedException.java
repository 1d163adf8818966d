package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A stored chunk does not read back as what it was. */
public final class ChunkDamagedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Digest digest;

  public ChunkDamagedException(Digest digest, String detail, @Nullable Throwable cause) {
    super("chunk " + digest + " is damaged: " + detail, cause);
    this.digest = digest;
  }

  public Digest digest() {
    return digest;
  }
}
