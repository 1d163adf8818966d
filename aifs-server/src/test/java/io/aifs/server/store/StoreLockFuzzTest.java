package io.aifs.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a running server says of itself in LOCK. */
class StoreLockFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.bytes(
                StoreLock.class,
                "socketIn",
                StoreLock::socketIn,
                "4711\n/run/aifs/store.sock\n".getBytes(UTF_8))
            .remembers("MQoAeAo="));
  }
}
