package io.aifs.cli.config;

import io.aifs.core.AifsException;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configuration file, and values of settings. */
class ConfigFuzzTest {
  private static final Path FILE = Path.of("/etc/aifs/config.toml");

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(
                ConfigFile.class,
                "parse",
                text -> ConfigFile.parse(FILE, text),
                "server = \"store:50051\"\ntimeout = \"30s\"\njobs = 4\n",
                "# mine\n[profiles.lab]\ndata = '/srv/aifs'\nnamespace = \"\"\"models\"\"\"\n",
                "profiles.x.server = \"a\\u00e9:1\"\njobs = 0x1F\n",
                "profiles = { lab = { server = \"h:1\" } }\ntimeout = 1979-05-27T07:32:00Z\n")
            .refusesWith(AifsException.InvalidRequest.class)
            .allocates(4 << 20, 2_048)
            .costs(2),
        FuzzTarget.text(
            ByteCounts.class, "parse", ByteCounts::parse, "1048576", "512K", "10MiB", "2G"),
        FuzzTarget.text(Durations.class, "parse", Durations::parse, "500ms", "30d", "7"),
        FuzzTarget.text(Durations.class, "parseOrZero", Durations::parseOrZero, "0", "1h"),
        FuzzTarget.text(HostPort.class, "parse", HostPort::parse, "store:1", "[::1]:50051", "a.b")
            .hasStableText(HostPort::toString),
        FuzzTarget.text(
            RootKeyChoice.class,
            "parse",
            text -> RootKeyChoice.parse(text, FILE::resolveSibling),
            "file",
            "env:AIFS_ROOT_KEY",
            "passphrase:p",
            "file:key"));
  }
}
