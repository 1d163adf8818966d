package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.client.trust.KnownKey;
import io.aifs.client.trust.KnownKeys;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aifs trust}, {@code key list} and {@code key rotate}. */
class TrustCommandTest {
  private static final String SERVER = "127.0.0.1:50051";
  private static final String STORE = "5707e1d0";

  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private Path file = Path.of("");

  @BeforeEach
  void open() {
    harness = new CommandHarness(directory);
    file = directory.resolve("home/.local/state/aifs/known-keys");
  }

  private static KnownKey pin(String address, String namespace, int number) {
    byte[] seed = new byte[SigningKey.SEED_BYTES];
    seed[0] = (byte) number;
    return new KnownKey(address, STORE, new Name(namespace), SigningKey.fromSeed(seed).publicKey());
  }

  private void pins(KnownKey... pins) {
    KnownKeys.inFile(file).update(_ -> List.of(pins));
  }

  @Test
  void pinsAreListed() {
    assertThat(harness.run("trust", "list").ends(ExitCode.OK).out()).isEmpty();
    KnownKey pin = pin(SERVER, "papers", 1);
    pins(pin);

    assertThat(harness.run("trust", "list").ends(ExitCode.OK).out())
        .isEqualTo(pin.id() + "  papers  " + STORE + "  " + SERVER + "\n");
    JsonNode json = harness.run("trust", "list", "-o", "json").json().get("keys").get(0);
    assertThat(json.get("public_key").asText()).isEqualTo(pin.key().hex());
    assertThat(json.get("address").asText()).isEqualTo(SERVER);
  }

  @Test
  void pinsOfAnAddressAreForgotten() {
    pins(pin(SERVER, "papers", 1), pin(SERVER, "models", 2), pin("other:1", "papers", 3));

    harness
        .run("trust", "forget", SERVER, "--only", "papers")
        .ends(ExitCode.OK)
        .complains("forgot 1");
    assertThat(KnownKeys.inFile(file).all()).hasSize(2);
    harness.run("trust", "forget", SERVER).ends(ExitCode.OK);
    assertThat(KnownKeys.inFile(file).all()).containsExactly(pin("other:1", "papers", 3));
    harness.run("trust", "forget", SERVER).ends(ExitCode.NOT_FOUND).complains("nothing is pinned");
  }

  @Test
  void aDamagedFileIsAMatterOfIntegrityAndStays() throws IOException {
    pins(pin(SERVER, "papers", 1));
    String damaged = Files.readString(file).replace("papers", "popers");
    Files.writeString(file, damaged);

    harness.run("trust", "list").ends(ExitCode.INTEGRITY).complains("is damaged in line 1");
    harness.run("trust", "forget", SERVER).ends(ExitCode.INTEGRITY);
    assertThat(file).hasContent(damaged.strip());
  }

  @Test
  void aServersKeyIsAccepted() {
    CommandRun list = harness.run("--server", SERVER, "key", "list").ends(ExitCode.OK);
    String id = list.out().substring(0, 32);
    harness.store.keysChanged = true;

    harness.run("--server", SERVER, "key", "list").ends(ExitCode.INTEGRITY);
    harness
        .run("--server", SERVER, "trust", "accept", "0".repeat(32))
        .ends(ExitCode.INTEGRITY)
        .complains("the server shows key " + id);
    harness.run("--server", SERVER, "trust", "accept").ends(ExitCode.USAGE).complains("-y");
    assertThat(harness.store.keysChanged).isTrue();
    harness
        .run("--server", SERVER, "trust", "accept", id)
        .ends(ExitCode.OK)
        .complains("pinned key " + id + " for default");
    harness.run("--server", SERVER, "key", "list").ends(ExitCode.OK);
  }

  @Test
  void aDataDirectoryHasNoPin() {
    harness.run("trust", "accept").ends(ExitCode.USAGE).complains("has no pin");
  }

  @Test
  void theCommandGivesItsPinsToTheClient() {
    harness.run("--server", SERVER, "key", "list").ends(ExitCode.OK);
    KnownKeys pins = harness.stores.connected.orElseThrow().knownKeys();

    pins.update(_ -> List.of(pin(SERVER, "papers", 1)));

    assertThat(KnownKeys.inFile(file).all()).hasSize(1);
  }

  @Test
  void signingKeysAreListedAndRotated() {
    JsonNode first = harness.run("key", "list", "-o", "json").json().get("keys");
    assertThat(first).hasSize(1);
    harness.run("key", "rotate").ends(ExitCode.USAGE).complains("--signing");
    harness
        .run("key", "rotate", "--signing")
        .ends(ExitCode.OK)
        .complains("snapshots are signed with key");
    JsonNode both = harness.run("key", "list", "-o", "json").json().get("keys");
    assertThat(both).hasSize(2);
    assertThat(both.get(0).get("current").asBoolean()).isFalse();
    assertThat(both.get(1).get("endorsed_by")).isEqualTo(both.get(0).get("key_id"));
    assertThat(harness.run("key", "list").ends(ExitCode.OK).out().lines())
        .satisfiesExactly(
            old -> assertThat(old).doesNotContain("current"),
            now -> assertThat(now).endsWith("  current"));
    assertThat(new SigningKeyId(both.get(1).get("key_id").asText())).isNotNull();
  }
}
