package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The contents of the bases that were used last, at most 2 MiB. Thread-safe. */
final class RecentBases {
  private static final long BYTES_MAX = 2L << 20;

  /** The one used longest ago first. */
  private final Map<Digest, byte[]> contents = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  synchronized Optional<byte[]> get(Digest id) {
    return Optional.ofNullable(contents.get(id));
  }

  synchronized void put(Digest id, byte[] content) {
    byte[] before = contents.put(id, content);
    bytes += content.length - (before == null ? 0 : before.length);
    Iterator<byte[]> oldest = contents.values().iterator();
    while (bytes > BYTES_MAX && oldest.hasNext()) {
      bytes -= oldest.next().length;
      oldest.remove();
    }
  }
}
