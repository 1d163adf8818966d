package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * An embedding: kept sealed as a chunk, named here.
 *
 * @param space the name of its embedding space
 * @param part which part of the asset; empty for the whole
 * @param content digest of the chunk that holds the little-endian float32 values
 * @param quarantine why it is not found yet; empty for one that is
 */
public record EmbeddingRow(
    Digest asset,
    String space,
    String part,
    int dimension,
    Digest content,
    Optional<Quarantine> quarantine) {
  public EmbeddingRow {
    requireNonNull(asset, "asset is null");
    requireNonNull(space, "space is null");
    requireNonNull(part, "part is null");
    requireNonNull(content, "content is null");
    requireNonNull(quarantine, "quarantine is null");
  }

  /** Of a whole asset, to be found. */
  public EmbeddingRow(Digest asset, String space, int dimension, Digest content) {
    this(asset, space, "", dimension, content, Optional.empty());
  }

  /**
   * Why it waits for approval.
   *
   * @param rule the rule of the policy that asked for it, as a JSON pointer
   */
  public record Quarantine(String rule, Instant since) {
    public Quarantine {
      requireNonNull(rule, "rule is null");
      requireNonNull(since, "since is null");
    }
  }

  public EmbeddingKey key() {
    return new EmbeddingKey(asset, space, part);
  }
}
