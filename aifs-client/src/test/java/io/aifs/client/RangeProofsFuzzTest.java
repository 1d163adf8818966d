package io.aifs.client;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.ArrayContent;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proofs of ranges as programs hand them to the client library. */
class RangeProofsFuzzTest {
  private static final byte[] CONTENT = new byte[100_000];

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] proof = ArrayContent.prove(CONTENT, 70_000, 5_000).toBytes();
    return List.of(
        FuzzTarget.bytes(RangeProofs.class, "parse", RangeProofs::parse, proof)
            .refusesWith(AifsException.class),
        FuzzTarget.bytes(
                RangeProofs.class,
                "verify",
                input ->
                    RangeProofs.verify(input, new ByteArrayInputStream(CONTENT, 70_000, 5_000)),
                proof)
            .refusesWith(AifsException.class)
            .costs(2));
  }
}
