package io.aifs.server.catalog;

/** Adds versions of policies. */
public interface PolicyWriter extends PolicyReader {
  /**
   * Adds a version, which counts from then on.
   *
   * @throws IllegalStateException if there is one as high
   */
  void add(long namespace, PolicyRow row);
}
