package io.aifs.server.pack;

import io.aifs.server.model.PackId;

/**
 * A pack as readers see it: one pack of the store's {@link PackSet}. Thread-safe.
 *
 * <p>Its extent grows as records are appended, and falls back when a failed sync makes the store
 * forget some.
 */
final class PackFile {
  private final PackId id;
  private final int ordinal;
  private volatile Extent extent;

  PackFile(PackId id, int ordinal, Extent extent) {
    this.id = id;
    this.ordinal = ordinal;
    this.extent = extent;
  }

  PackId id() {
    return id;
  }

  int ordinal() {
    return ordinal;
  }

  String name() {
    return PackFormat.fileName(id);
  }

  Extent extent() {
    return extent;
  }

  void extent(Extent changed) {
    extent = changed;
  }

  /**
   * @param bytes the pack's bytes that count
   * @param sealed whether they end in index and footer
   */
  record Extent(long bytes, boolean sealed) {}
}
