package io.aifs.server.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.aifs.core.AifsException;
import io.aifs.crypto.PassphraseParameters;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of key files, and the parameters of a passphrase. */
class KeyNamesFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    String signing = "keys/" + "d0".repeat(16) + "/signing.models_2026.12.key";
    String kek = "store.1.0a1b2c3d";
    byte[] parameters =
        new PassphraseParameters(64, 2, 1, "000102030405060708090a0b0c0d0e0f")
            .text()
            .getBytes(ISO_8859_1);
    return List.of(
        FuzzTarget.text(KekId.class, "parse", KekId::parse, kek)
            .hasOneText(id -> id.orElseThrow().text()),
        FuzzTarget.text(KekId.class, "ofFile", KekId::ofFile, "keys/store/" + kek + ".key"),
        FuzzTarget.text(SigningKeyName.class, "parse", SigningKeyName::parse, signing)
            .hasOneText(name -> name.orElseThrow().file()),
        FuzzTarget.text(
            KeyFolder.class,
            "isName",
            name -> KeyFolder.isName(name) ? Optional.of(name) : Optional.empty(),
            signing),
        FuzzTarget.bytes(
                KeyFolder.class,
                "parsePassphraseParameters",
                KeyFolder::parsePassphraseParameters,
                parameters)
            .refusesWith(AifsException.Corrupt.class, AifsException.Unsupported.class));
  }
}
