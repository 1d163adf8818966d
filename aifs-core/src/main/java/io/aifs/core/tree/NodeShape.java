package io.aifs.core.tree;

import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Says where the nodes of one level end, while it is shown the level's entries from left to right.
 * Depends on the level and on the keys and weights of the entries since the node's start, on
 * nothing behind its end: so a change reaches the node it is in and those that follow, until an end
 * falls where one was before. Not thread-safe.
 *
 * <p>A key ends the node by itself if its hash is below a threshold that grows with its weight
 * (once in {@value #SPAN} bytes). Keys may be chosen so that none does: then the lowest hash of the
 * first {@value #WINDOW} bytes decides, and the node ends {@value #REACH} bytes behind it. Two runs
 * that began at different places find the same lowest hash soon, and are one again; at a fixed
 * length they would never be.
 */
public final class NodeShape {
  private static final int NODE_MIN = 512;
  private static final int SPAN = 8_192;
  private static final int WINDOW = 4_608;
  private static final int REACH = 3_500;

  /** For nodes that begin with very long entries: another one of those still fits behind it. */
  private static final int LIMIT = 8_160;

  private final int level;
  private final int countMin;
  private int count;
  private int weight;
  private boolean lowestKnown;
  private long lowestHash;
  private int lowestAt;

  /**
   * @param level 0 for leaves
   */
  public NodeShape(int level) {
    this.level = level;
    this.countMin = level == 0 ? 1 : 2; // so that every level is shorter than the one below
  }

  /**
   * What an entry counts for: at least what it takes in a node. Depends on neither its neighbours
   * nor its attributes.
   */
  public static int weight(int keyBytes, TreeEntry entry) {
    int head = TreeFormat.PATH_HEADER_BYTES + keyBytes + 1 + TreeFormat.ATTRIBUTES_BYTES;
    return switch (entry) {
      case TreeEntry.File _ -> head + TreeFormat.FILE_BYTES;
      case TreeEntry.Symlink link ->
          head
              + TreeFormat.TARGET_HEADER_BYTES
              + link.target().getBytes(StandardCharsets.UTF_8).length;
      case TreeEntry.Directory _ -> head;
    };
  }

  /** What a node of the level below counts for. */
  public static int childWeight(int keyBytes) {
    return TreeFormat.PATH_HEADER_BYTES + keyBytes + TreeFormat.CHILD_BYTES;
  }

  /**
   * Takes in the node's next entry. After true the next one is the first of another node.
   *
   * @param key UTF-8 bytes of the entry's path, or of the first path below the child
   * @param entryWeight {@link #weight} or {@link #childWeight}
   * @return whether the node ends behind it
   */
  public boolean endsAfter(byte[] key, int entryWeight) {
    count++;
    weight += entryWeight;
    if (weight < NODE_MIN || count < countMin) {
      return false;
    }
    long hash = hash(key);
    boolean ends = hash * SPAN < (long) entryWeight << Integer.SIZE;
    if (!ends) {
      if (!lowestKnown || (weight < WINDOW && hash < lowestHash)) {
        lowestKnown = true;
        lowestHash = hash;
        lowestAt = weight;
      }
      ends = weight - lowestAt >= REACH || weight >= LIMIT;
    }
    if (ends) {
      reset();
    }
    return ends;
  }

  /** Forgets what it was shown: the next entry is the first of a node. */
  public void reset() {
    count = 0;
    weight = 0;
    lowestKnown = false;
  }

  /** The first 32 bits of the hash of level and key. */
  private long hash(byte[] key) {
    byte[] bytes = new byte[1 + key.length];
    bytes[0] = (byte) level;
    System.arraycopy(key, 0, bytes, 1, key.length);
    return ByteBuffer.wrap(Digest.of(bytes).toBytes()).getInt() & 0xffff_ffffL;
  }
}
