package io.aifs.crypto;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the upper part of the trees of content that was lately proven, so that the next proof
 * need not read all chaining values again: 64 bytes for 64 MiB of content, and nothing for content
 * that has no more. What was not asked for longest is forgotten first. Thread-safe.
 */
public final class ProofCache {
  /** What an entry counts for beside its values. */
  private static final int ENTRY_BYTES = 256;

  private record Key(Digest asset, int tier, long index) {}

  private final long bytesMax;
  private final Map<Key, SubtreeValues> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param bytesMax what it holds at most; 0 for nothing
   */
  public ProofCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  synchronized Optional<SubtreeValues> find(Digest asset, int tier, long index) {
    return Optional.ofNullable(entries.get(new Key(asset, tier, index)));
  }

  synchronized void put(Digest asset, int tier, long index, SubtreeValues values) {
    SubtreeValues before = entries.put(new Key(asset, tier, index), values);
    bytes += weight(values) - (before == null ? 0 : weight(before));
    var oldest = entries.values().iterator();
    while (bytes > bytesMax && oldest.hasNext()) {
      bytes -= weight(oldest.next());
      oldest.remove();
    }
  }

  private static long weight(SubtreeValues values) {
    return values.bytes() + ENTRY_BYTES;
  }

  /** What it holds now, in bytes. */
  public synchronized long bytes() {
    return bytes;
  }
}
