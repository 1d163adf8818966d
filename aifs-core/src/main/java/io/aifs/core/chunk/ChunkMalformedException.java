package io.aifs.core.chunk;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A chunk's stored bytes are not what its codec and length say. */
public final class ChunkMalformedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public ChunkMalformedException(String message) {
    super(message);
  }

  public ChunkMalformedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
