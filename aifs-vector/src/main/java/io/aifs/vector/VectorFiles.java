package io.aifs.vector;

import java.io.IOException;
import java.util.List;

/**
 * Where the files of one index rest, whatever they look like there. Whole files only: an index
 * works on copies in memory. Names are short and of letters, digits, '.' and '_'. Thread-safe.
 */
public interface VectorFiles {
  List<String> list() throws IOException;

  /**
   * Reads a file.
   *
   * @param target takes its bytes, in order, in pieces of any size
   * @throws java.io.FileNotFoundException if there is none
   * @throws IndexDamagedException if it is not what was written
   */
  void read(String name, Target target) throws IOException;

  /**
   * Writes a file, durable on return, in place of one that has the name.
   *
   * @param length of the whole
   */
  void write(String name, long length, Source source) throws IOException;

  /** Removes a file. No error if there is none. */
  void delete(String name) throws IOException;

  /** The bytes that it takes at rest; 0 if there is none. */
  long sizeAtRest(String name) throws IOException;

  /** Takes a file's bytes. */
  @FunctionalInterface
  interface Target {
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  /** Gives a file's bytes. */
  @FunctionalInterface
  interface Source {
    /** Fills {@code buffer[0..length)} with the next ones. */
    void next(byte[] buffer, int length) throws IOException;
  }
}
