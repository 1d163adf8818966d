package io.aifs.client.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.crypto.SigningKey;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of known keys, whose check digits are made to fit what was changed. */
class KnownKeysFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    KnownKey key =
        new KnownKey(
            "store:50051",
            "5707e1d0-0000",
            new Name("models"),
            SigningKey.fromSeed(new byte[SigningKey.SEED_BYTES]).publicKey());
    String file = KnownKeysText.parse("here", "# mine\n").with(List.of(key));
    return List.of(
        FuzzTarget.text(
                KnownKeysText.class, "parse", text -> KnownKeysText.parse("here", text), file)
            .refusesWith(AifsException.Corrupt.class)
            .hasStableText(text -> text.with(text.keys()))
            .mendedBy(KnownKeysFuzzTest::withChecks));
  }

  private static byte[] withChecks(byte[] text) {
    return new String(text, UTF_8)
        .lines()
        .map(line -> line.startsWith("pin") && line.length() > 9 ? withCheck(line) : line)
        .collect(Collectors.joining("\n"))
        .getBytes(UTF_8);
  }

  private static String withCheck(String line) {
    String body = line.substring(0, line.length() - 9);
    return body + " " + Digest.of(body.getBytes(UTF_8)).hex().substring(0, 8);
  }
}
