package io.aifs.server.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.FakeTrees;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.PolicyRow;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.engine.AssetFacts;
import io.aifs.server.engine.AssetRules;
import io.aifs.server.engine.Finding;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that was damaged lets nothing through, and is found; an old one is not looked at. */
class PolicyFindingsTest {
  private static final AssetFacts TENSOR =
      new AssetFacts(AssetKind.TENSOR, OptionalLong.of(1), Map.of(), 0);

  @TempDir Path dir;
  private Catalog catalog;
  private long space;

  @BeforeEach
  void open() {
    catalog = SqliteCatalog.open(dir.resolve("catalog.db"), SqliteOptions.DEFAULT, new FakeTrees());
    NamespaceRow row =
        new NamespaceRow(
            0,
            Name.DEFAULT_NAMESPACE,
            "",
            Instant.EPOCH,
            Map.of(),
            DomainId.parse("d0".repeat(16)),
            ChunkerParameters.DEFAULT);
    space = catalog.write(writer -> writer.namespaces().create(row)).number();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private void add(long version, String document) {
    var _ =
        catalog.<Boolean>write(
            writer -> {
              writer
                  .policies()
                  .add(space, new PolicyRow(version, document, Instant.EPOCH, "ada", ""));
              return true;
            });
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    new PolicyFindings(catalog).check(findings::add);
    return findings;
  }

  private void put(AssetRules rules) {
    var _ =
        catalog.<Boolean>read(
            reader -> {
              rules.now(reader, space).require(TENSOR, () -> "model.bin");
              return true;
            });
  }

  @Test
  void damagedPolicyIsFoundAndLetsNothingThrough() {
    add(1, "{\"version\": 1}");
    add(2, "{\"version\": 1");

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("policy-invalid");
              assertThat(finding.message()).contains("version 2", "is not JSON");
            });
    assertThatThrownBy(() -> put(Policies.of(catalog)))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void onlyWhatCountsIsLookedAt() {
    add(1, "damaged");
    add(2, "");

    assertThat(findings()).isEmpty();
    put(Policies.of(catalog));
  }

  @Test
  void whatCountsIsKnownFromTheBeginning() {
    add(1, "{\"version\": 1, \"kinds\": [\"BLOB\"]}");
    Policies policies = Policies.of(catalog);

    assertThatThrownBy(() -> policies.expected(space).require(TENSOR, () -> ""))
        .isInstanceOf(AifsException.Precondition.class);
    assertThatThrownBy(() -> put(policies)).hasMessageContaining("'model.bin'");
    policies.expected(space + 1).require(TENSOR, () -> "");
  }

  @Test
  void whatWasSetBehindItsBackIsObeyedAllTheSame() {
    Policies policies = Policies.of(catalog);
    add(1, "{\"version\": 1, \"kinds\": [\"BLOB\"]}");

    policies.expected(space).require(TENSOR, () -> "");
    assertThatThrownBy(() -> put(policies)).isInstanceOf(AifsException.Precondition.class);
  }
}
