package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.AifsClient;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.auth.Caller;
import io.aifs.server.catalog.RevokedName;
import io.aifs.server.engine.CheckListener;
import io.aifs.server.engine.CheckOptions;
import io.aifs.server.engine.CheckTally;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.token.TokenFamilies;
import io.aifs.server.engine.token.TokenMint;
import io.aifs.server.engine.token.TokenRevocations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose catalog is gone comes back from packs and keys. */
class CatalogRebuildTest {
  @TempDir Path home;
  private StoreOptions options;

  @BeforeEach
  void makeStore() {
    options =
        new StoreOptions(
            home.resolve("data"),
            Name.DEFAULT_NAMESPACE,
            home.resolve("config"),
            home.resolve("state"),
            new RootKeySettings.KeyFile(Optional.empty()),
            Optional.empty());
    StoreCreation.init(options, false);
  }

  private OpenStore open() {
    return OpenStore.open(options, Clock.systemUTC(), RandomBytes.secure());
  }

  private Path data(String name) {
    return options.dataDirectory().resolve(name);
  }

  private void createNamespaces(int from, int to) {
    try (OpenStore store = open()) {
      for (int i = from; i < to; i++) {
        store
            .engine()
            .namespaces()
            .create(new Name("space-" + i), "number " + i, Map.of(), Optional.empty());
      }
    }
  }

  private List<String> namespaces() {
    try (OpenStore store = open()) {
      List<Finding> findings = new ArrayList<>();
      store.engine().checks().fsck(new CheckOptions(true, false), listener(findings));
      assertThat(findings).isEmpty();
      return store.engine().namespaces().list(Optional.empty(), 1_000).stream()
          .map(row -> row.number() + " " + row.name() + " " + row.domain())
          .toList();
    }
  }

  private static CheckListener listener(List<Finding> findings) {
    return new CheckListener() {
      @Override
      public void finding(Finding finding) {
        findings.add(finding);
      }

      @Override
      public void progress(CheckTally soFar) {}
    };
  }

  private void loseCatalog() throws IOException {
    try (Stream<Path> files = Files.list(options.dataDirectory())) {
      for (Path file : files.filter(each -> each.toString().contains("catalog.db")).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aLostCatalogComesBackAsItWas() throws IOException {
    createNamespaces(0, 5);
    createNamespaces(5, 8);
    List<String> before = namespaces();
    loseCatalog();
    assertThatThrownBy(this::open)
        .isInstanceOf(AifsException.Corrupt.class)
        .extracting(failure -> ((AifsException) failure).hint())
        .asString()
        .contains("fsck --rebuild-catalog");

    CatalogRebuild.Outcome outcome = CatalogRebuild.run(options);

    assertThat(outcome.losses()).isEmpty();
    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.damage()).isEmpty();
    assertThat(outcome.aside()).isEmpty();
    assertThat(namespaces()).isEqualTo(before);
    createNamespaces(8, 10);
    assertThat(namespaces()).hasSize(before.size() + 2);
  }

  @Test
  void whatWasMintedAndRevokedIsKnownAgain() throws IOException {
    TokenMint.Minted revoked;
    TokenMint.Minted good;
    try (OpenStore store = open()) {
      TokenMint mint = store.engine().tokens().mint();
      TokenMint.Order order = new TokenMint.Order(List.of(), List.of("methods = get"), "", "note");
      revoked = mint.mint(order, Optional.empty());
      good = mint.mint(order, Optional.empty());
      RevokedName what =
          new RevokedName(RevokedName.Kind.TOKEN, revoked.token().caller().tokenId());
      int added =
          store
              .engine()
              .tokens()
              .revocations()
              .revoke(Caller.DEV, new TokenRevocations.Order(what, false, "lost"));
      assertThat(added).isEqualTo(1);
      assertThat(store.tokenVerifier().verify(good.text()).family()).isEqualTo(good.row().family());
    }
    loseCatalog();

    assertThat(CatalogRebuild.run(options).losses()).isEmpty();

    try (OpenStore store = open()) {
      assertThatThrownBy(() -> store.tokenVerifier().verify(revoked.text()))
          .isInstanceOfSatisfying(
              AifsException.Denied.class,
              denied -> assertThat(denied.reason()).isEqualTo(Reason.TOKEN_REVOKED));
      TokenFamilies families = store.engine().tokens().families();
      assertThat(families.find(good.row().family()).orElseThrow().row()).isEqualTo(good.row());
      assertThat(families.lastUse(good.row().family())).isPresent();
    }
  }

  @Test
  void theOldCatalogIsKeptAside() throws IOException {
    createNamespaces(0, 2);
    List<String> before = namespaces();
    CatalogRebuild.Outcome outcome = CatalogRebuild.run(options);
    assertThat(outcome.aside()).hasSize(1).allSatisfy(file -> assertThat(file).exists());
    assertThat(outcome.aside().getFirst().getFileName().toString())
        .matches("catalog\\.db\\.[0-9]{8}T[0-9]{6}Z");
    assertThat(namespaces()).isEqualTo(before);
  }

  /** The states that a kill leaves between the renames. */
  @Test
  void aRebuildThatWasKilledIsRunAgain() throws IOException {
    createNamespaces(0, 2);
    List<String> before = namespaces();
    Files.move(data("catalog.db"), data("catalog.db.19700101T000000Z"));
    Files.writeString(data("catalog.db-wal"), "the log of the catalog that was moved away");
    Files.writeString(data("tmp/rebuilt-catalog.db"), "half a catalog");
    Files.writeString(data("tmp/rebuilt-catalog.db-wal"), "and its log");
    assertThatThrownBy(this::open).hasMessageContaining("is missing");

    CatalogRebuild.Outcome outcome = CatalogRebuild.run(options);

    assertThat(outcome.losses()).isEmpty();
    assertThat(outcome.aside()).singleElement().asString().endsWith("-wal");
    assertThat(data("catalog.db.19700101T000000Z")).exists();
    assertThat(namespaces()).isEqualTo(before);
  }

  @Test
  void aDirectoryThatIsHeldIsLeftAlone() {
    try (AifsClient _ = EmbeddedAifs.open(options)) {
      assertThatThrownBy(() -> CatalogRebuild.run(options))
          .isInstanceOf(AifsException.Unavailable.class)
          .hasMessageContaining("is in use");
    }
    assertThat(namespaces()).hasSize(1);
  }

  @Test
  void lostKeysOfTheJournalAreNamed() throws IOException {
    Files.delete(data("keys/" + "0".repeat(32) + "/1.key"));
    loseCatalog();
    assertThatThrownBy(() -> CatalogRebuild.run(options))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining("0".repeat(32) + "/1.key");
    assertThat(data("catalog.db")).doesNotExist();
  }

  @Test
  void lostKeysOfNamespacesComeBackWithTheCatalog() throws IOException {
    createNamespaces(0, 1);
    List<String> before = namespaces();
    loseCatalog();
    String domain = before.getLast().substring(before.getLast().lastIndexOf(' ') + 1);
    Files.delete(data("keys/" + domain + "/1.key"));
    assertThat(CatalogRebuild.run(options).losses()).isEmpty();
    assertThat(namespaces()).isEqualTo(before);
  }

  @Test
  void withoutAnyJournalThereIsNothingToRebuildFrom() throws IOException {
    loseCatalog();
    try (Stream<Path> files = Files.walk(data("packs"))) {
      for (Path pack : files.filter(Files::isRegularFile).toList()) {
        Files.delete(pack);
      }
    }
    assertThatThrownBy(() -> CatalogRebuild.run(options))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining("no record of the journal");
  }
}
