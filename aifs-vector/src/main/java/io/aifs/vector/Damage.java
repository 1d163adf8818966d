package io.aifs.vector;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;

/** Tells damage, which building again mends, from other failures. */
final class Damage {
  /** What to throw in place of an exception: an {@link IndexDamagedException} if that is it. */
  static IOException of(IOException failure) {
    if (failure instanceof IndexDamagedException) {
      return failure;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IndexDamagedException damaged) {
        return new IndexDamagedException(String.valueOf(damaged.getMessage()), failure);
      }
      if (cause instanceof CorruptIndexException
          || cause instanceof IndexFormatTooNewException
          || cause instanceof IndexFormatTooOldException
          || cause instanceof EOFException
          || cause instanceof FileNotFoundException
          || cause instanceof NoSuchFileException) {
        return new IndexDamagedException("the vector index is damaged", failure);
      }
    }
    return failure;
  }

  private Damage() {}
}
