package io.aifs.server.chunk;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a {@link ChunkCache}: a queue of what was read once, and one of what was read again,
 * which holds at most three quarters. What falls out of the second gets a last chance in the first.
 * Thread-safe.
 */
final class ChunkCachePart {
  private static final int ENTRY_OVERHEAD_BYTES = 100;

  private final long bytesMax;

  /** Oldest first. Both guarded by this. */
  private final Map<ChunkCache.Key, byte[]> readOnce = new LinkedHashMap<>();

  private final Map<ChunkCache.Key, byte[]> readAgain = new LinkedHashMap<>();
  private long onceBytes;
  private long againBytes;

  ChunkCachePart(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  synchronized byte @Nullable [] get(ChunkCache.Key key) {
    byte[] bytes = readAgain.remove(key);
    if (bytes == null) {
      bytes = readOnce.remove(key);
      if (bytes == null) {
        return null;
      }
      onceBytes -= cost(bytes);
      againBytes += cost(bytes);
    }
    readAgain.put(key, bytes); // as the youngest
    while (againBytes > bytesMax / 4 * 3 && readAgain.size() > 1) {
      demoteOldest();
    }
    return bytes;
  }

  private void demoteOldest() {
    Map.Entry<ChunkCache.Key, byte[]> oldest = takeOldest(readAgain);
    againBytes -= cost(oldest.getValue());
    onceBytes += cost(oldest.getValue());
    readOnce.put(oldest.getKey(), oldest.getValue());
  }

  synchronized void put(ChunkCache.Key key, byte[] bytes) {
    if (cost(bytes) > bytesMax || readAgain.containsKey(key) || readOnce.containsKey(key)) {
      return;
    }
    readOnce.put(key, bytes);
    onceBytes += cost(bytes);
    while (onceBytes + againBytes > bytesMax) {
      // A single large entry may fill the second queue; the newest is to stay.
      if (readOnce.size() > 1) {
        onceBytes -= cost(takeOldest(readOnce).getValue());
      } else {
        againBytes -= cost(takeOldest(readAgain).getValue());
      }
    }
  }

  private static Map.Entry<ChunkCache.Key, byte[]> takeOldest(Map<ChunkCache.Key, byte[]> queue) {
    Iterator<Map.Entry<ChunkCache.Key, byte[]>> entries = queue.entrySet().iterator();
    Map.Entry<ChunkCache.Key, byte[]> oldest = Map.Entry.copyOf(entries.next());
    entries.remove();
    return oldest;
  }

  synchronized long bytes() {
    return onceBytes + againBytes;
  }

  private static long cost(byte[] bytes) {
    return bytes.length + (long) ENTRY_OVERHEAD_BYTES;
  }
}
