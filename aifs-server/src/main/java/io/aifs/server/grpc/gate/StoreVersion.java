package io.aifs.server.grpc.gate;

/** The version that a store has come to. Thread-safe. */
public interface StoreVersion {
  /** At least the version of every write that has returned. */
  long newest();

  /** Waits until the store has this version, at most so long; false if it has not. */
  boolean await(long version, long nanos) throws InterruptedException;
}
