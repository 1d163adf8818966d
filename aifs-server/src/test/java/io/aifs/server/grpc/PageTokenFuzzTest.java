package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Page tokens; {@link RequestFuzzTest} has what listings make of the places in them. */
class PageTokenFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(
                PageToken.class,
                "decode",
                PageToken.PATHS::decode,
                PageToken.PATHS.encode("data/a"),
                PageToken.PATHS.encode("gr\u00f6\u00dfe"))
            .refusesWith(AifsException.InvalidRequest.class));
  }
}
