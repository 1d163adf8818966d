package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.CheckListener;
import io.aifs.server.engine.CheckOptions;
import io.aifs.server.engine.CheckTally;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.history.SnapshotKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotKeysTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  @TempDir Path home;
  private TestStore store;

  @BeforeEach
  void create() {
    store = TestStore.create(home, Clock.systemUTC());
  }

  @AfterEach
  void everyTestEndsInACheck() {
    assertThat(fsck(false)).isEmpty();
    store.close();
  }

  private void reopen() {
    store.close();
    store = TestStore.open(home, Clock.systemUTC(), JobSettings.DEFAULT, disk -> disk);
  }

  private SnapshotKeys keys() {
    return store.engine().snapshotKeys();
  }

  private NamespaceRow namespace() {
    return store.engine().namespaces().require(Name.DEFAULT_NAMESPACE);
  }

  private Path file(int number) {
    DomainId domain = namespace().domain();
    return home.resolve("data/keys/" + domain + "/signing.default." + number + ".key");
  }

  private List<Finding> fsck(boolean repair) {
    List<Finding> findings = new ArrayList<>();
    store
        .engine()
        .checks()
        .fsck(
            new CheckOptions(false, repair),
            new CheckListener() {
              @Override
              public void finding(Finding finding) {
                if (finding.severity() != Finding.Severity.INFO) {
                  findings.add(finding);
                }
              }

              @Override
              public void progress(CheckTally soFar) {}
            });
    return findings;
  }

  @Test
  void theFirstKeyIsMadeOnceAndSignsAfterARestart() {
    PublicKey first = keys().current(namespace());
    byte[] signature = keys().sign(namespace(), first.id(), MESSAGE);
    reopen();

    assertThat(keys().current(namespace()).id()).isEqualTo(first.id());
    assertThat(first.key().verify(MESSAGE, signature)).isTrue();
    assertThat(keys().sign(namespace(), first.id(), MESSAGE)).isEqualTo(signature);
  }

  @Test
  void olderKeysStillSignAfterRotations() throws Exception {
    keys().current(namespace());
    for (int i = 0; i < 4; i++) {
      PublicKey rotated = keys().rotate(namespace());
      assertThat(keys().current(namespace()).id()).isEqualTo(rotated.id());
    }
    reopen();
    List<PublicKey> all = keys().all(namespace());

    assertThat(all).hasSize(5);
    String storeId = all.getFirst().statement().storeId();
    assertThat(KeyChain.of(storeId, Name.DEFAULT_NAMESPACE, all).keys()).hasSize(5);
    for (PublicKey key : all) {
      assertThat(key.key().verify(MESSAGE, keys().sign(namespace(), key.id(), MESSAGE))).isTrue();
    }
    assertThatThrownBy(() -> keys().sign(namespace(), new SigningKeyId("0".repeat(32)), MESSAGE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void concurrentFirstUsesAndRotationsMakeOneChain() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<PublicKey>> firsts = new ArrayList<>();
      List<Callable<PublicKey>> rotations = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        firsts.add(() -> keys().current(namespace()));
        rotations.add(() -> keys().rotate(namespace()));
      }
      assertThat(ids(threads.invokeAll(firsts))).hasSize(1);
      assertThat(ids(threads.invokeAll(rotations))).hasSize(16);
    }
    assertThat(keys().all(namespace())).hasSize(17);
    reopen();
    assertThat(keys().all(namespace())).hasSize(17);
  }

  private static Set<SigningKeyId> ids(List<Future<PublicKey>> keys) throws Exception {
    Set<SigningKeyId> ids = new HashSet<>();
    for (Future<PublicKey> key : keys) {
      ids.add(key.get().id());
    }
    return ids;
  }

  @Test
  void aDamagedFileIsFoundNamedAndHealed() throws Exception {
    PublicKey first = keys().current(namespace());
    byte[] good = Files.readAllBytes(file(1));
    byte[] bad = good.clone();
    bad[60] ^= 1;
    Files.write(file(1), bad);

    assertThat(fsck(false))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("key-file-damaged");
              assertThat(finding.message()).contains("signing.default.1.key");
            });
    reopen();
    assertThatThrownBy(() -> keys().current(namespace()))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining("signing.default.1.key is damaged");
    assertThat(fsck(true)).allMatch(Finding::fixed);
    assertThat(Files.readAllBytes(file(1))).isEqualTo(good);
    assertThat(keys().current(namespace()).id()).isEqualTo(first.id());
  }

  @Test
  void aLostNewestFileIsNeverReplacedByTheKeyBefore() throws Exception {
    keys().current(namespace());
    PublicKey second = keys().rotate(namespace());
    reopen();
    Files.delete(file(2));

    assertThatThrownBy(() -> keys().current(namespace()))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining("signing.default.2.key is missing");
    reopen();
    assertThat(keys().current(namespace()).id()).isEqualTo(second.id());
  }

  @Test
  void aCopyThatACrashPreventedIsMadeLater() throws Exception {
    keys().current(namespace());
    byte[] before = Files.readAllBytes(file(1));
    store.close();
    Path copy = Files.createDirectory(home.resolve("copy"));
    copyTree(home.resolve("data"), copy);
    store = TestStore.open(home, Clock.systemUTC(), JobSettings.DEFAULT, disk -> disk);
    PublicKey second = keys().rotate(namespace());
    byte[] rotated = Files.readAllBytes(file(2));
    Path newest = home.relativize(file(2));
    store.close();

    copyTree(copy, home.resolve("data")); // the catalog as it was, with the new file beside it
    assertThat(home.resolve(newest)).hasBinaryContent(rotated);
    store = TestStore.open(home, Clock.systemUTC(), JobSettings.DEFAULT, disk -> disk);
    assertThat(keys().current(namespace()).id()).isEqualTo(second.id());
    Files.delete(file(2));
    reopen();
    assertThat(keys().current(namespace()).id()).isEqualTo(second.id());
    assertThat(Files.readAllBytes(file(1))).isEqualTo(before);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
