package io.aifs.server.keys;

import io.aifs.core.AifsException;
import io.aifs.server.file.Disk;
import java.io.IOException;

/** Files below {@code keys/} and copies of them kept elsewhere. Needs no key: all is wrapped. */
public final class KeyCopies {
  private final KeyFolder folder;

  public KeyCopies(Disk disk) {
    this.folder = new KeyFolder(disk);
  }

  /** Whether a name is one that a key file can have. */
  public boolean isName(String name) {
    return KeyFolder.isName(name);
  }

  public boolean exists(String name) throws IOException {
    return folder.exists(name);
  }

  /** A file's bytes, as they are. */
  public byte[] read(String name) throws IOException {
    return folder.readBytes(name);
  }

  /**
   * Checks a file in itself.
   *
   * @throws AifsException.Corrupt if it is damaged
   */
  public void requireIntact(String name, byte[] content) {
    folder.requireIntact(name, content);
  }

  /**
   * Puts back a lost or damaged file from its copy, in place of what has the name; durable on
   * return.
   *
   * @throws IllegalArgumentException if {@code name} is not that of a key file
   * @throws AifsException.Corrupt if the copy is damaged itself
   */
  public void restore(String name, byte[] copy) throws IOException {
    folder.restore(name, copy);
  }
}
