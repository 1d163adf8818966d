package io.aifs.server.engine;

import io.aifs.core.AifsException;
import java.util.Optional;

/** What a namespace demands of embeddings at one instant. Thread-safe. */
public interface EmbeddingRule {
  /** Demands nothing. */
  EmbeddingRule NONE =
      new EmbeddingRule() {
        @Override
        public void requireSpace(String space) {
          // any
        }

        @Override
        public Optional<String> heldBackBy(double norm) {
          return Optional.empty();
        }
      };

  /**
   * Returns if there may be embeddings in a space.
   *
   * @throws AifsException.Precondition naming the rule that is broken
   */
  void requireSpace(String space);

  /**
   * Which rule has a new embedding wait for approval, as a JSON pointer; empty if none does.
   *
   * @param norm the length of its vector
   */
  Optional<String> heldBackBy(double norm);
}
