package io.aifs.server.vector;

import java.io.IOException;

/** Whether there is room for further files. Thread-safe. */
@FunctionalInterface
public interface RoomCheck {
  /** For disks that are never short of room. */
  RoomCheck OPEN = () -> {};

  /**
   * Returns if files may be written.
   *
   * @throws IOException if what is left is kept for making room
   */
  void requireRoom() throws IOException;
}
