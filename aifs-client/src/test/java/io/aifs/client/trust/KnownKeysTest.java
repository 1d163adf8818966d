package io.aifs.client.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownKeysTest {
  @TempDir Path directory;
  private Path file = Path.of("");
  private KnownKeys keys = KnownKeys.inMemory();

  @BeforeEach
  void open() {
    file = directory.resolve("state/aifs/known-keys");
    keys = KnownKeys.inFile(file);
  }

  private static KnownKey pin(String address, int number) {
    return new KnownKey(
        address, SignedStore.ID, SignedStore.NAMESPACE, SignedStore.key(number).publicKey());
  }

  private void add(KnownKey key) {
    keys.update(
        pins -> {
          List<KnownKey> more = new ArrayList<>(pins);
          more.add(key);
          return more;
        });
  }

  @Test
  void pinsAreKeptForTheOwnerAlone() throws IOException {
    assertThat(keys.all()).isEmpty();
    assertThat(file).doesNotExist();
    add(pin("127.0.0.1:7443", 1));
    add(pin("a path/with #, % and \u00e4", 2));

    assertThat(KnownKeys.inFile(file).all())
        .containsExactly(pin("127.0.0.1:7443", 1), pin("a path/with #, % and \u00e4", 2));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.resolveSibling("known-keys.tmp")).doesNotExist();
  }

  @Test
  void commentsAndOrderStay() throws IOException {
    add(pin("one", 1));
    add(pin("two", 2));
    List<String> lines = Files.readAllLines(file);
    Files.write(file, List.of("# mine", lines.get(0), "", "# yours", lines.get(1)));

    keys.update(_ -> List.of(pin("three", 3), pin("two", 4)));

    List<String> after = Files.readAllLines(file);
    assertThat(after).hasSize(5);
    assertThat(after.subList(0, 3)).containsExactly("# mine", "", "# yours");
    assertThat(keys.all()).containsExactly(pin("two", 4), pin("three", 3));
  }

  @Test
  void everyFlippedBitOfAPinIsNoticedAndNothingIsOverwritten() throws IOException {
    add(pin("server:7443", 1));
    byte[] good = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] flipped = good.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, flipped);
      if (bit / 8 == good.length - 1 && isLineEnd(flipped[bit / 8])) {
        continue; // another end of the last line: the pin is whole
      }
      assertDamaged(() -> keys.all(), "line 1");
      assertDamaged(() -> add(pin("other", 2)), "line 1");
      assertThat(Files.readAllBytes(file)).isEqualTo(flipped);
    }
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  private static void assertDamaged(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.KNOWN_KEYS_DAMAGED);
              assertThat(e).hasMessageContaining("known-keys").hasMessageContaining(message);
              assertThat(e.hint()).contains("Nothing was changed");
            });
  }

  @Test
  void theSameNamespaceTwiceIsDamage() throws IOException {
    add(pin("one", 1));
    String line = Files.readString(file);
    keys.update(_ -> List.of(pin("one", 2)));
    Files.writeString(file, Files.readString(file) + "# both\n" + line);

    assertDamaged(() -> keys.all(), "line 3: the same namespace and address stand there twice");
  }

  @Test
  void aChangeThatThrowsChangesNothing() throws IOException {
    add(pin("one", 1));
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(
            () ->
                keys.update(
                    _ -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    add(pin("two", 2));
    assertThat(keys.all()).hasSize(2);
  }

  @Test
  void concurrentChangesAreAllKept() throws Exception {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      KnownKey pin =
          new KnownKey("server", SignedStore.ID, new Name("n" + i), SignedStore.key(1).publicKey());
      tasks.add(
          () -> {
            add(pin);
            return true;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(keys.all()).hasSize(40);
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Files.createDirectories(file); // a directory in its place

    assertThatThrownBy(() -> keys.all())
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining(file.toString());
  }
}
