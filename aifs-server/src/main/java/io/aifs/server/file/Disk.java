package io.aifs.server.file;

import java.io.IOException;
import java.util.List;

/**
 * Every file operation of packs and keys. Names are relative to the data directory, segments joined
 * by {@code /}; the directory itself is the empty name. Files are made 0600 and directories 0700.
 * Thread-safe.
 *
 * <p>Durability is explicit and nothing else is promised: bytes survive a power cut only after
 * {@link AppendFile#sync}; a new, renamed or deleted name only after {@link #syncDirectory} of the
 * directory that holds it.
 */
public interface Disk {
  /**
   * Creates a file to append to, and the directories above it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken
   */
  AppendFile create(String name) throws IOException;

  /**
   * Opens a file to append to behind its first {@code length} bytes. What is behind them is cut
   * off, for good when this returns; nobody else may be writing the file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException also if it is shorter
   */
  AppendFile reopen(String name, long length) throws IOException;

  /**
   * Opens a file to read at any position; it stays readable if the name is deleted meanwhile.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  ReadFile open(String name) throws IOException;

  /**
   * Gives a file another name in place of whatever has it, in one step; makes the directories above
   * the new name.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  void rename(String from, String to) throws IOException;

  /** Deletes a file; returns false if there was none. */
  boolean delete(String name) throws IOException;

  boolean exists(String name) throws IOException;

  /** The names of files and directories directly in {@code directory}, sorted; empty if absent. */
  List<String> list(String directory) throws IOException;

  /**
   * Makes the names in {@code directory} durable, and those of the directories above it.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such directory
   */
  void syncDirectory(String directory) throws IOException;

  /**
   * A file being written. Not thread-safe, but {@link #sync} may run beside {@link #append} and
   * then covers what was appended before it began.
   */
  interface AppendFile extends AutoCloseable {
    /** Appends all of {@code bytes[offset..offset+length)}, or throws having written any part. */
    void append(byte[] bytes, int offset, int length) throws IOException;

    /** Bytes appended so far. */
    long length();

    /** Returns once everything appended so far survives a power cut. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A file being read. Thread-safe. */
  interface ReadFile extends AutoCloseable {
    long length() throws IOException;

    /**
     * Reads up to {@code length} bytes at {@code position}; returns how many were there, fewer only
     * at the end of the file.
     */
    int read(long position, byte[] into, int offset, int length) throws IOException;

    @Override
    void close() throws IOException;
  }
}
