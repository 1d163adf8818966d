package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.CliResult;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose root key is not what it was: refused with 4, nothing changed, key never shown. */
class RootKeyTest {
  @TempDir Path temporary;

  private StoreUnderTest store;
  private String rightKey;
  private Map<String, String> before;

  @BeforeEach
  void makeStore() throws IOException {
    store = StoreUnderTest.create(temporary.resolve("store"));
    rightKey = Files.readString(store.rootKeyFile());
    before = Trees.describe(store.data().resolve("keys"));
  }

  @AfterEach
  void theStoreOpensWithTheRightKey() throws IOException {
    assertThat(Trees.describe(store.data().resolve("keys"))).isEqualTo(before);
    Files.writeString(store.rootKeyFile(), rightKey);
    Files.setPosixFilePermissions(
        store.rootKeyFile(), PosixFilePermissions.fromString("rw-------"));
    store.requireClean();
  }

  @Test
  void aMissingKeyFileIsNamed() throws IOException {
    Files.delete(store.rootKeyFile());
    CliResult result = ls().requireExit(4);
    assertThat(result.errors()).contains(store.rootKeyFile().toString());
  }

  @Test
  void theKeyOfAnotherStoreIsRefused() throws IOException {
    StoreUnderTest other = StoreUnderTest.create(temporary.resolve("other"));
    Files.copy(other.rootKeyFile(), store.rootKeyFile(), StandardCopyOption.REPLACE_EXISTING);
    CliResult result = ls().requireExit(4);
    assertThat(result.errors()).contains("root key").doesNotContain(secretPart(rightKey));
  }

  @Test
  void aDamagedKeyFileIsRefusedAndNotShown() throws IOException {
    String damaged = rightKey.replaceFirst("([0-9a-f]{20})[0-9a-f]", "$1x");
    Files.writeString(store.rootKeyFile(), damaged);
    CliResult result = ls();
    assertThat(result.exit()).as(result.errors()).isIn(4, 7);
    assertThat(result.errors())
        .contains(store.rootKeyFile().toString())
        .doesNotContain(secretPart(rightKey));
  }

  @Test
  void aKeyFileThatOthersCanReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(
        store.rootKeyFile(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(ls().requireExit(4).errors()).contains(store.rootKeyFile().toString());
  }

  @Test
  void anEmptyEnvironmentVariableIsNamed() {
    CliResult result =
        CliProcess.run(
            store.homes(), "ls", "aifs://default/main/", "--root-key", "env:AIFS_TEST_KEY");
    result.requireExit(4);
    assertThat(result.errors()).contains("AIFS_TEST_KEY");
  }

  @Test
  void theKeyIsTakenFromTheEnvironment() throws IOException {
    Files.delete(store.rootKeyFile());
    CliProcess.of(store.homes(), "ls", "aifs://default/main/", "--root-key", "env:AIFS_TEST_KEY")
        .environment("AIFS_TEST_KEY", rightKey)
        .run()
        .requireExit(0);
  }

  @Test
  void aWrongPassphraseIsRefused() {
    StoreUnderTest sealed = passphraseStore();
    CliProcess.of(sealed.homes(), "ls", "aifs://default/main/", "--root-key", "passphrase")
        .environment("AIFS_PASSPHRASE", "correct horse battery staple")
        .run()
        .requireExit(0);
    CliProcess.of(sealed.homes(), "ls", "aifs://default/main/", "--root-key", "passphrase")
        .environment("AIFS_PASSPHRASE", "wrong horse")
        .run()
        .requireExit(4);
  }

  private StoreUnderTest passphraseStore() {
    return StoreUnderTest.createBy(
        temporary.resolve("sealed"),
        homes ->
            CliProcess.of(homes, "init", "--root-key", "passphrase")
                .environment("AIFS_PASSPHRASE", "correct horse battery staple")
                .run()
                .requireExit(0));
  }

  private CliResult ls() {
    return CliProcess.run(store.homes(), "ls", "aifs://default/main/");
  }

  private static String secretPart(String keyText) {
    return keyText.replaceAll("(?s).*?([0-9a-f]{64}).*", "$1").substring(0, 16);
  }
}
