package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.engine.payload.PayloadMode;
import java.util.Optional;
import java.util.function.Supplier;

/** What namespaces demand of the assets that are put into them. Thread-safe. */
public interface AssetRules {
  /** Demands nothing. */
  AssetRules NONE =
      new AssetRules() {
        @Override
        public Rule now(CatalogReader reader, long namespace) {
          return Rule.NONE;
        }

        @Override
        public Rule expected(long namespace) {
          return Rule.NONE;
        }
      };

  /** What a namespace demands at the reader's instant. */
  Rule now(CatalogReader reader, long namespace);

  /**
   * What it demanded when that was last learned, without looking it up: to refuse early what would
   * be refused in the end.
   */
  Rule expected(long namespace);

  /** The demands of one namespace at one instant. */
  @FunctionalInterface
  interface Rule {
    Rule NONE = (_, _) -> {};

    /**
     * Returns if the asset is as it must be.
     *
     * @param subject what to call it in a message; empty if there is nothing to add
     * @throws AifsException.Precondition naming each rule that is broken, and where
     */
    void require(AssetFacts asset, Supplier<String> subject);

    /** What embeddings must be. */
    default EmbeddingRule embeddings() {
      return EmbeddingRule.NONE;
    }

    /**
     * What is done about content that is not what its kind demands; empty leaves it to the call.
     */
    default Optional<PayloadMode> payload() {
      return Optional.empty();
    }

    /** How much may be in the namespace. */
    default StorageQuota quota() {
      return StorageQuota.NONE;
    }
  }
}
