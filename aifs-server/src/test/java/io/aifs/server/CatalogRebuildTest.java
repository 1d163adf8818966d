package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.engine.CheckListener;
import io.aifs.server.engine.Finding;
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
      store.engine().checks().fsck(true, listener(findings));
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
      public void progress(io.aifs.server.engine.CheckTally soFar) {}
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
}
