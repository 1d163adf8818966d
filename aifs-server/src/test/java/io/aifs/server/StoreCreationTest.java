package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.AifsClient;
import io.aifs.client.Maintenance;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.server.store.FormatFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCreationTest {
  @TempDir Path home;

  private StoreOptions options(RootKeySettings rootKey) {
    return new StoreOptions(
        home.resolve("data"),
        Name.DEFAULT_NAMESPACE,
        home.resolve("config"),
        home.resolve("state"),
        rootKey,
        Optional.empty());
  }

  private StoreOptions withKeyFile() {
    return options(new RootKeySettings.KeyFile(Optional.empty()));
  }

  @Test
  void dryRunCreatesNothing() {
    InitReport plan = StoreCreation.init(withKeyFile(), true);
    assertThat(plan.created()).isFalse();
    assertThat(plan.log()).isNotEmpty();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void whatIsNotAStoreIsLeftAlone() throws IOException {
    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("data/thesis.txt"), "years of work");
    assertThatThrownBy(() -> StoreCreation.init(withKeyFile(), false))
        .isInstanceOf(AifsException.Precondition.class);
    assertThat(home.resolve("data")).isDirectoryNotContaining("glob:**/FORMAT");
  }

  @Test
  void anInitialisationThatWasCutOffIsTakenUpAgain() throws IOException {
    Files.createDirectories(home.resolve("data"));
    FormatFile begun =
        new FormatFile(
            "00112233445566778899aabbccddeeff",
            Instant.parse("2026-11-21T10:00:00Z"),
            false,
            "none");
    Files.write(home.resolve("data/FORMAT"), begun.encode());
    assertThatThrownBy(() -> EmbeddedAifs.open(withKeyFile()))
        .isInstanceOf(AifsException.NotFound.class)
        .hasMessageContaining("never finished");
    InitReport report = StoreCreation.init(withKeyFile(), false);
    assertThat(report.created()).isTrue();
    assertThat(report.storeId()).isEqualTo(begun.storeId());
    assertOpens(withKeyFile());
  }

  @Test
  void aLostRootKeyComesBackFromTheRecoveryFile() throws IOException {
    StoreOptions options = withKeyFile();
    InitReport report = StoreCreation.init(options, false);
    Optional<RootKeySettings.Secret> passphrase =
        Optional.of(new RootKeySettings.Secret("correct horse"));
    String recovery = KeyExport.export(options, passphrase);
    Files.delete(report.rootKeyFile());
    assertThatThrownBy(() -> EmbeddedAifs.open(options))
        .isInstanceOfSatisfying(
            AifsException.Denied.class,
            denied -> assertThat(denied.reason()).isEqualTo(Reason.ROOT_KEY_MISSING));
    assertThatThrownBy(
            () ->
                KeyImport.restore(
                    options, recovery, Optional.of(new RootKeySettings.Secret("wrong"))))
        .isInstanceOf(AifsException.Denied.class);
    assertThat(KeyImport.restore(options, recovery, passphrase)).isEqualTo(report.rootKeyFile());
    assertOpens(options);
  }

  @Test
  void anotherStoresKeyIsNamedAsWrong() throws IOException {
    StoreOptions options = withKeyFile();
    InitReport report = StoreCreation.init(options, false);
    StoreOptions other =
        new StoreOptions(
            home.resolve("other"),
            options.namespace(),
            options.configHome(),
            options.stateHome(),
            options.rootKey(),
            Optional.empty());
    InitReport otherReport = StoreCreation.init(other, false);
    Files.delete(report.rootKeyFile());
    Files.copy(otherReport.rootKeyFile(), report.rootKeyFile());
    assertThatThrownBy(() -> EmbeddedAifs.open(options))
        .isInstanceOfSatisfying(
            AifsException.Denied.class,
            denied -> assertThat(denied.reason()).isEqualTo(Reason.ROOT_KEY_WRONG));
  }

  @Test
  void aPassphraseOpensTheStoreAndAnotherDoesNot() {
    StoreOptions options = options(passphrase("one"));
    StoreCreation.init(options, false);
    assertOpens(options);
    assertThatThrownBy(() -> EmbeddedAifs.open(options(passphrase("two"))))
        .isInstanceOfSatisfying(
            AifsException.Denied.class,
            denied -> assertThat(denied.reason()).isEqualTo(Reason.ROOT_KEY_WRONG));
  }

  @Test
  void lostPassphraseParametersComeBackFromTheCatalog() throws IOException {
    StoreOptions options = options(passphrase("one"));
    StoreCreation.init(options, false);
    Path parameters = home.resolve("data/keys/passphrase.params");
    byte[] before = Files.readAllBytes(parameters);
    Files.delete(parameters);
    assertOpens(options);
    assertThat(parameters).hasBinaryContent(before);
  }

  @Test
  void aKeyFileThatIsGoneIsPutBackFromTheCatalog() throws IOException {
    StoreOptions options = withKeyFile();
    StoreCreation.init(options, false);
    Path keys = home.resolve("data/keys");
    Path lost;
    try (var files = Files.walk(keys)) {
      lost = files.filter(file -> file.endsWith("chunk-id.key")).findFirst().orElseThrow();
    }
    byte[] before = Files.readAllBytes(lost);
    Files.delete(lost);
    assertOpens(options);
    assertThat(lost).hasBinaryContent(before);
  }

  @Test
  void aMissingCatalogIsDamageAndNotAnEmptyStore() throws IOException {
    StoreOptions options = withKeyFile();
    StoreCreation.init(options, false);
    Files.delete(home.resolve("data/catalog.db"));
    assertThatThrownBy(() -> EmbeddedAifs.open(options))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining("missing");
    assertThat(home.resolve("data/catalog.db")).doesNotExist();
  }

  private static RootKeySettings passphrase(String text) {
    return new RootKeySettings.Passphrase(new RootKeySettings.Secret(text));
  }

  private static void assertOpens(StoreOptions options) {
    try (AifsClient client = EmbeddedAifs.open(options)) {
      assertThat(client.namespaces().list()).hasSize(1);
      Maintenance.CheckSummary fsck = client.maintenance().fsck(true, _ -> {});
      assertThat(fsck.damaged()).isZero();
      assertThat(fsck.warnings()).isZero();
    }
  }
}
