package io.aifs.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to put. */
public interface Content {
  /** Opens the bytes from the start. Who puts them closes the stream. */
  InputStream open() throws IOException;

  /** Whether {@link #open} gives the same bytes again, so that a broken put can be retried. */
  boolean repeatable();

  static Content of(byte[] bytes) {
    return repeatable(() -> new ByteArrayInputStream(bytes));
  }

  static Content of(Path file) {
    return repeatable(() -> Files.newInputStream(file));
  }

  /** Bytes that can be read once, such as standard input. */
  static Content once(InputStream stream) {
    return new Content() {
      @Override
      public InputStream open() {
        return stream;
      }

      @Override
      public boolean repeatable() {
        return false;
      }
    };
  }

  /** Bytes that can be opened again and again. */
  static Content repeatable(Opener opener) {
    return new Content() {
      @Override
      public InputStream open() throws IOException {
        return opener.open();
      }

      @Override
      public boolean repeatable() {
        return true;
      }
    };
  }

  /** Opens a stream. */
  interface Opener {
    InputStream open() throws IOException;
  }
}
