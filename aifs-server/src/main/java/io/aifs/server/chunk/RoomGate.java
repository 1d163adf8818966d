package io.aifs.server.chunk;

/** Whether there is room for further chunks. Thread-safe. */
@FunctionalInterface
public interface RoomGate {
  /** For stores that are never short of room. */
  RoomGate OPEN = () -> {};

  /**
   * Returns if chunks may be stored.
   *
   * @throws io.aifs.core.AifsException.LimitExceeded if what is left is kept for making room
   */
  void requireRoom();
}
