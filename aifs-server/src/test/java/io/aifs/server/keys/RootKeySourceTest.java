package io.aifs.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.PassphraseParameters;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import io.aifs.server.file.Disk;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeySourceTest {
  private static final RandomBytes RANDOM = RandomBytes.secure();

  @TempDir Path directory;

  @Nested
  class InAFile {
    @Test
    void aGeneratedKeyIsLoadedAgainAndForTheOwnerOnly() throws Exception {
      Path path = directory.resolve("config/aifs/keys/store.key");
      RootKey generated = new RootKeyFile(path).generate(RANDOM);

      assertThat(new RootKeyFile(path).load()).isEqualTo(generated);
      assertThat(new RootKeyFile(path).load(generated.checkValue())).isEqualTo(generated);
      assertThat(mode(path)).isEqualTo("rw-------");
      assertThat(mode(directory.resolve("config/aifs/keys"))).isEqualTo("rwx------");
      assertThat(mode(directory.resolve("config"))).isEqualTo("rwx------");
    }

    @Test
    void aKeyIsNeverOverwritten() throws Exception {
      RootKeyFile file = new RootKeyFile(directory.resolve("store.key"));
      RootKey generated = file.generate(RANDOM);

      assertThatThrownBy(() -> file.generate(RANDOM))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(file.load()).isEqualTo(generated);
    }

    @Test
    void aMissingKeySaysWhereItWasLookedForAndHowToRestoreIt() {
      Path path = directory.resolve("none/store.key");
      assertDenied(
          () -> new RootKeyFile(path).load(), Reason.ROOT_KEY_MISSING, path.toString(), "import");
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
      Path path = directory.resolve("store.key");
      RootKeyFile file = new RootKeyFile(path);
      file.generate(RANDOM);
      for (String open : new String[] {"rw-r--r--", "rw----r--", "rw--w----", "rwxrwxrwx"}) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(open));
        assertDenied(file::load, Reason.FILE_ACCESS_DENIED, open, "chmod 600");
      }
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
      assertThat(file.load()).isNotNull();
    }

    @Test
    void everyFlippedByteIsDamageAndNeverAnotherKey() throws Exception {
      Path path = directory.resolve("store.key");
      RootKeyFile file = new RootKeyFile(path);
      String text = file.generate(RANDOM).secretText();
      byte[] bytes = Files.readAllBytes(path);
      for (int i = 0; i < text.length(); i++) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= (byte) (1 << (i % 8));
        Files.write(path, flipped);
        assertDamaged(file::load, path.toString());
      }
      Files.write(path, new byte[0]);
      assertDamaged(file::load, path.toString());
      Files.write(path, new byte[1 << 20]);
      assertDamaged(file::load, path.toString());
    }

    @Test
    void anotherStoresKeyIsNamedAsWrong() throws Exception {
      Path path = directory.resolve("store.key");
      String check = new RootKeyFile(path).generate(RANDOM).checkValue();

      assertDenied(
          () -> new RootKeyFile(path).load("0123456789abcdef"),
          Reason.ROOT_KEY_WRONG,
          check,
          "import");
    }
  }

  @Nested
  class InTheEnvironment {
    private final RootKey rootKey = RootKey.generate(RANDOM);

    @Test
    void theVariableIsRead() throws Exception {
      Map<String, String> environment = Map.of("AIFS_ROOT_KEY", rootKey.secretText());
      RootKeyVariable variable = new RootKeyVariable("AIFS_ROOT_KEY", environment);

      assertThat(variable.load(rootKey.checkValue())).isEqualTo(rootKey);
    }

    @Test
    void aMissingOrEmptyVariableIsNamed() {
      for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("X", " "))) {
        assertDenied(
            () -> new RootKeyVariable("X", environment).load(),
            Reason.ROOT_KEY_MISSING,
            "variable X",
            "import");
      }
    }

    @Test
    void aMistypedValueIsNamedAndNotShown() {
      String mistyped = rootKey.secretText().replace('a', 'b');
      RootKeyVariable variable = new RootKeyVariable("X", Map.of("X", mistyped + "0"));

      assertDamaged(variable::load, "variable X");
      assertThatThrownBy(variable::load).message().doesNotContain(mistyped.substring(20, 40));
    }
  }

  @Nested
  class FromAPassphrase {
    private final Disk disk = new MemoryDisk();
    private final PassphraseParameters cheap =
        new PassphraseParameters(64, 1, 1, "00112233445566778899aabbccddeeff");

    private RootKeyPassphrase passphrase(String passphrase) {
      return new RootKeyPassphrase(disk, passphrase.toCharArray(), "variable P");
    }

    @Test
    void theSamePassphraseGivesTheSameKey() throws Exception {
      RootKey created = passphrase("open sesame").create(cheap);

      assertThat(passphrase("open sesame").load(created.checkValue())).isEqualTo(created);
      assertThat(DiskBytes.files(disk, "")).containsExactly("keys/passphrase.params");
      assertThat(
              DiskBytes.contains(
                  DiskBytes.read(disk, "keys/passphrase.params"), "open".getBytes(UTF_8)))
          .isFalse();
    }

    @Test
    void aWrongPassphraseIsAWrongKey() throws Exception {
      RootKey created = passphrase("open sesame").create(cheap);
      assertDenied(
          () -> passphrase("open barley").load(created.checkValue()),
          Reason.ROOT_KEY_WRONG,
          "variable P",
          "import");
    }

    @Test
    void noPassphraseIsAMissingKey() {
      assertDenied(passphrase("")::load, Reason.ROOT_KEY_MISSING, "variable P", "import");
    }

    @Test
    void parametersAreNeverOverwritten() throws Exception {
      passphrase("open sesame").create(cheap);
      assertThatThrownBy(() -> passphrase("other").create(cheap))
          .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void lostOrDamagedParametersAreNamed() throws Exception {
      RootKeyPassphrase source = passphrase("open sesame");
      assertDamaged(source::load, "keys/passphrase.params");
      source.create(cheap);
      byte[] bytes = DiskBytes.read(disk, "keys/passphrase.params");
      for (int i = 0; i < bytes.length - 1; i++) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= (byte) (1 << (i % 8));
        DiskBytes.overwrite(disk, "keys/passphrase.params", flipped);
        assertDamaged(source::load, "keys/passphrase.params");
      }
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void assertDenied(Action action, Reason reason, String message, String hint) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            AifsException.Denied.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e).hasMessageContaining(message);
              assertThat(e.hint()).contains(hint);
            });
  }

  private static void assertDamaged(Action action, String name) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.KEY_FILE_DAMAGED);
              assertThat(e).hasMessageContaining(name);
            });
  }

  private interface Action {
    void run() throws IOException;
  }
}
