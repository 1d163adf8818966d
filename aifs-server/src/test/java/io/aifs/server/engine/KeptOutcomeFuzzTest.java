package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outcomes that the catalog keeps for repeated requests. */
class KeptOutcomeFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(
                PutResult.class,
                "decode",
                PutResult::decode,
                "ab".repeat(32) + " 77 1 1 99 812",
                "ab".repeat(32) + " 77 1 1 99 812 Ynl0ZSAwOiBubyB0ZW5zb3I=")
            .refusesWith(AifsException.Corrupt.class)
            .hasStableText(PutResult::encode),
        FuzzTarget.text(
                TreeService.Change.class, "decode", TreeService.Change::decode, "3 812", "0 1")
            .refusesWith(AifsException.Corrupt.class)
            .hasStableText(TreeService.Change::encode));
  }
}
