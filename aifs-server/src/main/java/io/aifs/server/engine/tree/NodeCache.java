package io.aifs.server.engine.tree;

import io.aifs.core.tree.TreeNode;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The nodes that were read last, decoded. Bounded; thread-safe. */
final class NodeCache {
  /** Encoded bytes: a decoded node takes three to four times as much. */
  static final long BYTES_MAX = 16 << 20;

  /** A node of a domain; the same bytes in two domains are kept apart. */
  record Key(DomainId domain, Digest id) {}

  private record Held(TreeNode node, int bytes) {}

  /** In order of use, the least recent first. Guarded by this. */
  private final LinkedHashMap<Key, Held> held = new LinkedHashMap<>(64, 0.75f, true);

  private final long bytesMax;
  private long bytes;

  /**
   * @param bytesMax encoded bytes of all nodes that are kept
   */
  NodeCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  synchronized Optional<TreeNode> find(Key key) {
    return Optional.ofNullable(held.get(key)).map(Held::node);
  }

  synchronized void put(Key key, TreeNode node, int encodedBytes) {
    Held before = held.put(key, new Held(node, encodedBytes));
    bytes += encodedBytes - (before == null ? 0 : before.bytes());
    var eldest = held.entrySet().iterator();
    while (bytes > bytesMax && eldest.hasNext()) {
      Map.Entry<Key, Held> dropped = eldest.next();
      bytes -= dropped.getValue().bytes();
      eldest.remove();
    }
  }
}
