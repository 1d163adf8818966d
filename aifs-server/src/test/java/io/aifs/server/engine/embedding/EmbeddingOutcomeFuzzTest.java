package io.aifs.server.engine.embedding;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outcomes of changes of embeddings, kept for repeated requests. */
class EmbeddingOutcomeFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(
                EmbeddingService.Put.class, "decode", EmbeddingService.Put::decode, "17 3 812")
            .refusesWith(AifsException.Corrupt.class)
            .hasStableText(EmbeddingService.Put::encode),
        FuzzTarget.text(
                EmbeddingService.Changed.class,
                "decode",
                EmbeddingService.Changed::decode,
                "3 812",
                "0 1")
            .refusesWith(AifsException.Corrupt.class)
            .hasStableText(EmbeddingService.Changed::encode));
  }
}
