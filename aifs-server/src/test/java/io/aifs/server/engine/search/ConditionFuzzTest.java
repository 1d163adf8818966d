package io.aifs.server.engine.search;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.vector.Numbers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What searches send as conditions. */
class ConditionFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(
                ConditionParser.class,
                "parse",
                ConditionParser::parse,
                "lang=en",
                "year>=2020",
                "not split in (train, \"te st\")",
                "has label",
                "@kind in (TENSOR, BLOB)",
                "@size<1000",
                "@created>=2026-11-01",
                "@created<2026-11-26T08:00:00Z",
                "\"a\\\"b\\\\\" != \"\"")
            .refusesWith(AifsException.InvalidRequest.class)
            .allocates(1 << 20, 256),
        FuzzTarget.text(Numbers.class, "parse", Numbers::parse, "-12", "0.5", "3e-4", "words"));
  }
}
