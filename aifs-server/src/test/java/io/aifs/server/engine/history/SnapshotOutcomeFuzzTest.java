package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outcomes of snapshots, and places in their listings. */
class SnapshotOutcomeFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(
                SnapshotService.Outcome.class,
                "decode",
                SnapshotService.Outcome::decode,
                "ab".repeat(16) + " true")
            .refusesWith(AifsException.Corrupt.class)
            .hasStableText(SnapshotService.Outcome::encode),
        FuzzTarget.text(AssetSnapshots.class, "position", AssetSnapshots::position, "udata/a", "p")
            .hasOneText(AssetSnapshots::text));
  }
}
