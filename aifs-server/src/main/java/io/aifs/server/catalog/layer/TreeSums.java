package io.aifs.server.catalog.layer;

/**
 * What a range of entries comes to.
 *
 * @param entries how many
 * @param bytes content bytes over all of them
 * @param longest no key is longer than this many bytes; none may be as long
 */
public record TreeSums(long entries, long bytes, int longest) {
  public static final TreeSums ZERO = new TreeSums(0, 0, 0);

  public TreeSums plus(TreeSums other) {
    return new TreeSums(
        entries + other.entries, bytes + other.bytes, Math.max(longest, other.longest));
  }
}
