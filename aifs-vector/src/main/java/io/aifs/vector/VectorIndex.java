package io.aifs.vector;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * The vectors of one embedding space of one namespace. Derived: everything in it can be put into it
 * again. Thread-safe; one thread at a time changes it.
 *
 * <p>A change is found by searches that begin after {@link #refresh} and survives a crash after
 * {@link #commit}. After a crash the index is as at some commit, the last that returned or one that
 * was under way.
 *
 * <p>Every implementation passes {@code VectorIndexContract}.
 */
public interface VectorIndex extends SearchableVectors, AutoCloseable {
  /**
   * Puts all that is to be held of these assets in place of what is held of them.
   *
   * @throws IllegalArgumentException if a vector is not as long as the spec says, or has no
   *     direction where directions are compared; nothing is changed then
   */
  void replace(List<AssetVectors> assets) throws IOException;

  /** Lets searches that begin from now on see all changes. Costs little if there are none. */
  void refresh() throws IOException;

  /**
   * Makes all changes so far durable.
   *
   * @param position up to where what it follows is in it; {@link #position} gives it back
   */
  void commit(long position) throws IOException;

  /** What the last commit said; empty if there was none. Survives closing. */
  OptionalLong position();

  /**
   * Makes it as fast to search as it can be, durable on return: one segment, if it is not larger
   * than one should be. Takes time in proportion to all vectors; searches and changes go on.
   */
  void optimize() throws IOException;

  IndexStats stats() throws IOException;

  /**
   * Reads everything at rest.
   *
   * @throws IndexDamagedException if something is not as it was written
   */
  void checkIntegrity() throws IOException;

  /** Ends work in the background and frees memory; what was not committed is lost. */
  @Override
  void close() throws IOException;
}
