package io.aifs.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  private static final Path PATH = Path.of("/somewhere/config.toml");

  @Test
  void readsSettingsAndProfiles() throws IOException {
    ConfigFile file =
        ConfigFile.parse(
            PATH,
            """
            # a comment
            token_file = "/t"
            root-key = "env:K"
            jobs = 4
            [profiles.lab]
            server = "lab:1"
            token_file = "/lab"
            """);
    assertThat(file.settings())
        .isEqualTo(Map.of(Setting.TOKEN_FILE, "/t", Setting.ROOT_KEY, "env:K", Setting.JOBS, "4"));
    assertThat(file.profile("lab"))
        .isEqualTo(Map.of(Setting.SERVER, "lab:1", Setting.TOKEN_FILE, "/lab"));
  }

  @Test
  void aFileThatIsNotThereSaysNothing() throws IOException {
    assertThat(ConfigFile.read(Path.of("/no/such/file")).settings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sever = 'x'|unknown key 'sever'",
        "[server]\\nx = 1|no plain value for 'server'",
        "jobs = [1, 2]|no plain value for 'jobs'",
        "[profiles.lab]\\njobs = 1|unknown key 'profiles.lab.jobs'",
        "profiles.lab = 1|unknown key 'profiles.lab.?'",
        "token_file = 'a'\\ntoken-file = 'b'|'token-file' twice",
        "jobs = |not valid TOML: line 1",
        "\\n\\nx = = 1|not valid TOML: line 3",
      })
  void whatMeansNothingIsNamedWithTheFile(String text, String problem) {
    assertThatThrownBy(() -> ConfigFile.parse(PATH, text.replace("\\n", "\n")))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining(PATH.toString())
        .hasMessageContaining(problem);
  }
}
