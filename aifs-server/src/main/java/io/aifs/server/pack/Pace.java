package io.aifs.server.pack;

/** How work in the background gives way to the calls of others. */
@FunctionalInterface
public interface Pace {
  /** Gives way to nobody. */
  Pace FULL = () -> {};

  /**
   * Called again and again by whoever works, between parts that take well under a millisecond and
   * with no lock held; returns when it may go on.
   */
  void step();
}
