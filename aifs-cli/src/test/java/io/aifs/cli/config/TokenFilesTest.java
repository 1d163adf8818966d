package io.aifs.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.cli.testing.CommandHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFilesTest {
  private static final HostPort HERE = new HostPort("localhost", 1);
  private static final HostPort THERE = new HostPort("store.example.org", 1);

  @TempDir Path directory;
  private final Map<Setting, String> flags = new HashMap<>();

  private TokenFiles tokens() throws IOException {
    CommandHarness harness = new CommandHarness(directory);
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new TokenFiles(
        Settings.resolve(harness.surroundings(new ByteArrayOutputStream(), err), flags));
  }

  private void adminToken(String store) throws IOException {
    Path home = directory.resolve("home/.local/state/aifs").resolve(store);
    Files.createDirectories(home);
    Files.writeString(home.resolve("admin.token"), "token-of-" + store + "\n");
  }

  @Test
  void theChosenFileGoesFirst() throws IOException {
    adminToken("a");
    flags.put(Setting.TOKEN_FILE, "my.token");
    Files.writeString(directory.resolve("my.token"), " mine \n");
    assertThat(tokens().forServer(HERE)).contains("mine");
    assertThat(tokens().forServer(THERE)).contains("mine");
    assertThat(tokens().chosen()).contains("mine");
  }

  @Test
  void aChosenFileThatIsNotThereIsAnError() {
    flags.put(Setting.TOKEN_FILE, "none");
    assertThatThrownBy(() -> tokens().chosen()).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void theOnlyAdminTokenGoesToAServerOfThisMachineAlone() throws IOException {
    assertThat(tokens().forServer(HERE)).isEmpty();
    adminToken("a");
    assertThat(tokens().forServer(HERE)).contains("token-of-a");
    assertThat(tokens().forServer(THERE)).isEqualTo(Optional.empty());
    adminToken("b");
    assertThat(tokens().forServer(HERE)).isEmpty();
  }
}
