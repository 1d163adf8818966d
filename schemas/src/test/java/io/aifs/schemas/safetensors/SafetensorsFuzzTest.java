package io.aifs.schemas.safetensors;

import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that claim too much, overlap, or are not quite JSON. */
class SafetensorsFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] file =
        SafetensorsHeaderTest.file(
            """
            {"__metadata__":{"format":"pt"},
             "b":{"dtype":"BF16","shape":[2,3],"data_offsets":[8,20]},
             "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
            20);
    byte[] empty = SafetensorsHeaderTest.file("{}", 0);
    return List.of(
        FuzzTarget.bytes(
                SafetensorsHeader.class,
                "read",
                input -> SafetensorsHeader.read(ByteSource.of(input)),
                file,
                empty)
            .refusesWith(PayloadInvalidException.class),
        FuzzTarget.bytes(
                SafetensorsHeader.class,
                "readAlone",
                input -> SafetensorsHeader.readAlone(ByteSource.of(input)),
                file,
                empty)
            .refusesWith(PayloadInvalidException.class));
  }
}
