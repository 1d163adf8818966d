package io.aifs.core.audit;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads that people noted, and lines of a log that was exported. */
class AuditFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(
                AuditHead.class,
                "parse",
                AuditHead::parse,
                "0:" + "00".repeat(Digest.BYTES),
                "17:" + "ab".repeat(Digest.BYTES))
            .hasStableText(AuditHead::toString),
        FuzzTarget.text(AuditLine.class, "parse", AuditLine::parse, line()));
  }

  private static String line() {
    String covered =
        "{\"seq\":1,\"store\":\"models\",\"prev\":\"" + "00".repeat(Digest.BYTES) + "\"";
    String digest = Digest.of(covered.getBytes(StandardCharsets.UTF_8)).hex();
    return covered + ",\"digest\":\"" + digest + "\"}";
  }
}
