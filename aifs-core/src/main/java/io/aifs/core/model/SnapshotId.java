package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;

/** The id of a snapshot: 32 lower-case hex digits. */
public record SnapshotId(String hex) implements Comparable<SnapshotId> {
  private static final int HEX_CHARS = 32;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public SnapshotId {
    requireNonNull(hex, "hex is null");
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("snapshot id is not 32 lower-case hex digits");
    }
  }

  /**
   * The id of a snapshot with this Merkle root, made at this time: the first half of the BLAKE3 of
   * {@code merkle_root_hex:created_at}.
   */
  public static SnapshotId of(Digest merkleRoot, Instant createdAt) {
    String text = merkleRoot.hex() + ":" + Timestamps.format(createdAt);
    String digest = Digest.of(text.getBytes(StandardCharsets.US_ASCII)).hex();
    return new SnapshotId(digest.substring(0, HEX_CHARS));
  }

  @Override
  public int compareTo(SnapshotId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
