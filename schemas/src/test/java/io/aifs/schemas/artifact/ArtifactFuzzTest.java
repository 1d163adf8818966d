package io.aifs.schemas.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests, and ZIP files that hold them. */
class ArtifactFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] least = "{\"version\":1,\"name\":\"\",\"files\":[]}".getBytes(UTF_8);
    byte[] full = Artifacts.write(Artifacts.FULL, Artifacts.files());
    byte[] small =
        Zips.of(Zips.manifest(Map.of("f", new byte[3])), new Zips.Entry("f", new byte[3]));
    byte[] empty = Zips.of(Zips.manifest(Map.of()), new Zips.Entry("d/", new byte[0]));
    return List.of(
        FuzzTarget.bytes(
                ArtifactManifest.class,
                "parse",
                ArtifactManifest::parse,
                Artifacts.FULL.toJson(),
                least)
            .refusesWith(PayloadInvalidException.class)
            .hasStableForm(ArtifactManifest::toJson),
        FuzzTarget.bytes(
                ArtifactValidator.class, "validate", ArtifactFuzzTest::validate, full, small, empty)
            .refusesWith(PayloadInvalidException.class)
            .allocates(1 << 20, 64));
  }

  private static int validate(byte[] input) throws PayloadInvalidException, IOException {
    ArtifactValidator.validate(ByteSource.of(input));
    return input.length;
  }
}
