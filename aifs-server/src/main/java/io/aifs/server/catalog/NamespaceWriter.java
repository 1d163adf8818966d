package io.aifs.server.catalog;

/** Creates namespaces. */
public interface NamespaceWriter extends NamespaceReader {
  /**
   * Adds a namespace with its branch {@code main}; {@code row.number()} is ignored. Returns it as
   * stored.
   *
   * @throws IllegalStateException if the name is taken: ask {@link #find} in the same write
   */
  NamespaceRow create(NamespaceRow row);
}
