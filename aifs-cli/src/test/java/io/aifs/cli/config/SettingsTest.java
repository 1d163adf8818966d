package io.aifs.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.cli.output.OutputMode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.core.AifsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private final Map<Setting, String> flags = new HashMap<>();

  @BeforeEach
  void useDirectory() {
    harness = new CommandHarness(directory);
    harness.environment.put("XDG_CONFIG_HOME", directory.toString());
  }

  private Settings resolve() throws IOException {
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Settings.resolve(harness.surroundings(new ByteArrayOutputStream(), err), flags);
  }

  private void file(String text) throws IOException {
    Path file = directory.resolve("aifs/config.toml");
    Files.createDirectories(directory.resolve("aifs"));
    Files.writeString(file, text);
  }

  private static String text(Settings settings, Setting setting) {
    return settings.value(setting).map(v -> v.text() + " from " + v.origin()).orElse("none");
  }

  @Test
  void builtInValuesNeedNothing() throws IOException {
    Settings settings = resolve();
    assertThat(settings.namespace()).hasToString("default");
    assertThat(settings.output()).isEqualTo(OutputMode.TABLE);
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.jobs()).isEqualTo(2);
    assertThat(settings.tokenFile()).isEmpty();
    assertThat(settings.store())
        .isEqualTo(new StoreChoice.Local(directory.resolve("home/.local/share/aifs")));
    assertThat(text(settings, Setting.JOBS)).isEqualTo("2 from built in");
  }

  @Test
  void theLaterSourceGoesFirst() throws IOException {
    assertThat(text(resolve(), Setting.NAMESPACE)).isEqualTo("default from built in");
    file("namespace = 'in-file'");
    assertThat(text(resolve(), Setting.NAMESPACE)).startsWith("in-file from namespace in ");
    harness.environment.put("AIFS_NAMESPACE", "in-variable");
    assertThat(text(resolve(), Setting.NAMESPACE)).isEqualTo("in-variable from AIFS_NAMESPACE");
    flags.put(Setting.NAMESPACE, "in-flag");
    assertThat(text(resolve(), Setting.NAMESPACE)).isEqualTo("in-flag from --namespace");
  }

  @Test
  void anEmptyVariableSaysNothing() throws IOException {
    harness.environment.put("AIFS_NAMESPACE", "");
    assertThat(text(resolve(), Setting.NAMESPACE)).isEqualTo("default from built in");
  }

  @ParameterizedTest(name = "flags {0} {1}, variables {2} {3}, file {4} {5}: {6}")
  @CsvSource(
      nullValues = "-",
      value = {
        "s:1, -, s:2, /e, s:3, /f, server s:1",
        "-, /d, s:2, /e, s:3, /f, server s:2",
        "-, /d, -, /e, s:3, /f, data directory /d",
        "-, -, -, /e, s:3, /f, data directory /e",
        "-, -, -, -, s:3, /f, server s:3",
        "-, -, -, -, -, /f, data directory /f",
      })
  void whichStoreFollowsOneOrder(
      String flagServer,
      String flagData,
      String variableServer,
      String variableData,
      String fileServer,
      String fileData,
      String expected)
      throws IOException {
    put(flags, Setting.SERVER, flagServer);
    put(flags, Setting.DATA, flagData);
    put(harness.environment, "AIFS_SERVER", variableServer);
    put(harness.environment, "AIFS_DATA", variableData);
    file(
        (fileServer == null ? "" : "server = '" + fileServer + "'\n")
            + (fileData == null ? "" : "data = '" + fileData + "'\n"));
    Settings settings = resolve();
    assertThat(settings.store()).hasToString(expected);
    assertThat(settings.ignoredData().isPresent())
        .isEqualTo(flagData != null && expected.startsWith("server"));
  }

  private static <K> void put(Map<K, String> map, K key, String value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  @Test
  void aProfileRanksAsWhatNamedIt() throws IOException {
    String profiles = "[profiles.lab]\nserver='lab:1'\nnamespace='lab'\n";
    file("namespace='top'\nprofile='lab'\n" + profiles);
    assertThat(text(resolve(), Setting.NAMESPACE)).startsWith("lab from profile lab in ");
    harness.environment.put("AIFS_NAMESPACE", "variable");
    assertThat(resolve().namespace()).hasToString("variable");
    assertThat(resolve().store()).hasToString("server lab:1");

    file("namespace='top'\n" + profiles);
    harness.environment.put("AIFS_PROFILE", "lab");
    assertThat(resolve().namespace()).hasToString("variable");
    assertThat(resolve().store()).hasToString("server lab:1");

    harness.environment.remove("AIFS_PROFILE");
    harness.environment.put("AIFS_SERVER", "variable:1");
    flags.put(Setting.PROFILE, "lab");
    assertThat(resolve().namespace()).hasToString("lab");
    assertThat(resolve().store()).hasToString("server lab:1");
    flags.put(Setting.NAMESPACE, "flag");
    assertThat(resolve().namespace()).hasToString("flag");
  }

  @Test
  void anUnknownProfileIsNamedWithThoseThatAre() throws IOException {
    file("[profiles.lab]\nserver='lab:1'\n");
    flags.put(Setting.PROFILE, "prod");
    assertThatThrownBy(this::resolve)
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining("no profile 'prod'")
        .extracting(e -> ((AifsException) e).hint())
        .asString()
        .contains("lab");
  }

  @ParameterizedTest
  @CsvSource({
    "NAMESPACE, Not A Name",
    "OUTPUT, xml",
    "PROGRESS, often",
    "TIMEOUT, 5x",
    "TIMEOUT, 0s",
    "JOBS, 0",
    "JOBS, many",
    "JOBS, 99999999999",
    "LISTEN, :::",
    "ROOT_KEY, env:1 2",
  })
  void aBadValueIsNamedWithItsOrigin(Setting setting, String value) throws IOException {
    flags.put(setting, value);
    Settings settings = resolve();
    assertThatThrownBy(
            () -> {
              settings.namespace();
              settings.output();
              settings.progress();
              settings.timeout();
              settings.jobs();
              settings.listen();
              settings.rootKey();
            })
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageStartingWith("--" + setting.label() + ": ");
  }

  @Test
  void aBadRootKeyIsNotRepeated() throws IOException {
    harness.environment.put("AIFS_ROOT_KEY", "c2VjcmV0");
    Settings settings = resolve();
    assertThatThrownBy(settings::rootKey)
        .hasMessageContaining("AIFS_ROOT_KEY")
        .hasMessageNotContaining("c2VjcmV0");
  }

  @ParameterizedTest
  @CsvSource({
    "file, InFile[file=Optional.empty]",
    "file:/k, InFile[file=Optional[/k]]",
    "env:KEY, InVariable[name=KEY]",
    "passphrase, ByPassphrase[file=Optional.empty]",
    "passphrase:/p, ByPassphrase[file=Optional[/p]]",
  })
  void rootKeysComeFromManyPlaces(String text, String expected) throws IOException {
    flags.put(Setting.ROOT_KEY, text);
    assertThat(resolve().rootKey()).hasToString(expected);
  }

  @Test
  void relativeXdgDirectoriesAreIgnoredAndRelativePathsAreTheUsers() throws IOException {
    harness.environment.put("XDG_DATA_HOME", "relative");
    assertThat(resolve().dataDirectory()).isEqualTo(directory.resolve("home/.local/share/aifs"));
    flags.put(Setting.DATA, "../d");
    assertThat(resolve().dataDirectory()).isEqualTo(directory.resolveSibling("d"));
  }
}
