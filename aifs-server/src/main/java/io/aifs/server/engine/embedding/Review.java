package io.aifs.server.engine.embedding;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.Name;
import java.util.List;
import java.util.Optional;

/**
 * What to do with embeddings that wait for approval.
 *
 * @param embeddings these, unless {@code all}
 * @param all all of the namespace, or of {@code space}, that waited when the call began
 * @param approve whether they are found from now on; else they are removed
 * @param reason for people, may be empty
 */
public record Review(
    List<EmbeddingName> embeddings,
    boolean all,
    Optional<Name> space,
    boolean approve,
    String reason) {
  public Review {
    embeddings = List.copyOf(embeddings);
    requireNonNull(space, "space is null");
    requireNonNull(reason, "reason is null");
  }
}
