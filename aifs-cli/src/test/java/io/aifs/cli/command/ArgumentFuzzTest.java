package io.aifs.cli.command;

import io.aifs.cli.tensor.SliceText;
import io.aifs.core.AifsException;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arguments that are more than a word. */
class ArgumentFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(GetCommand.class, "parse", GetCommand::parse, "0-99", "-100")
            .refusesWith(AifsException.InvalidRequest.class),
        FuzzTarget.text(
                TransactionOption.class,
                "parse",
                TransactionOption::parse,
                "0192f0c1-2345-7abc-8def-0123456789ab")
            .refusesWith(AifsException.InvalidRequest.class),
        FuzzTarget.text(TensorGet.class, "parse", TensorGet::parse, "0:10,3,:,-5:", "-1")
            .refusesWith(AifsException.InvalidRequest.class),
        FuzzTarget.text(
            SliceText.class,
            "parse",
            text -> SliceText.parse(text).of(List.of(20L, 5L, 7L)),
            "0:10,3,:",
            "-5:,:-1"),
        FuzzTarget.text(AssociationText.class, "id", AssociationText::id, "run:812", "ref:main")
            .refusesWith(AifsException.InvalidRequest.class),
        FuzzTarget.text(
                AssociationText.class,
                "nanos",
                text -> AssociationText.nanos("--time", text),
                "2026-11-26T08:00:00Z",
                "2026-11-26T08:00:00+01:00",
                "-12")
            .refusesWith(AifsException.InvalidRequest.class));
  }
}
