package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.Maintenance.CheckEvent.Finding;
import io.aifs.client.Maintenance.CheckSummary;
import io.aifs.client.Maintenance.Severity;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is damaged is named with all it touches, and heals when the same content is put again. */
class HealingTest {
  private static final int SIZE = 400_000;

  @TempDir Path home;

  private StoreOptions options;
  private final byte[] hit = new byte[SIZE];
  private final byte[] other = new byte[SIZE];

  @BeforeEach
  void damageAnAsset() throws IOException {
    options =
        new StoreOptions(
            home.resolve("data"),
            Name.DEFAULT_NAMESPACE,
            home.resolve("config"),
            home.resolve("state"),
            new RootKeySettings.KeyFile(Optional.empty()),
            Optional.empty());
    StoreCreation.init(options, false);
    new Random(1).nextBytes(hit);
    new Random(2).nextBytes(other);
    try (AifsClient client = EmbeddedAifs.open(options)) {
      put(client, hit);
      put(client, other);
      client
          .tree()
          .putFiles(
              Name.MAIN_BRANCH,
              List.of(file("d/one", new byte[] {1}), file("d/two", new byte[] {1})));
    }
    flipABit();
  }

  private static FilePut file(String path, byte[] bytes) {
    return new FilePut(new TreePath(path), new FilePut.What.Data(bytes), FileAttributes.PLAIN_FILE);
  }

  /** The one with the content; the other is the journal's. */
  private Path pack() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("data/packs"))) {
      return files
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  @Test
  void whatAReadMetHealsWhenPutAgainEvenAfterARestart() throws IOException {
    try (AifsClient client = EmbeddedAifs.open(options)) {
      assertUnreadable(client);
      assertThat(read(client, other)).isEqualTo(other);
    }
    try (AifsClient client = EmbeddedAifs.open(options)) {
      assertThat(client.maintenance().status().damagedRecords()).isEqualTo(1);
      assertThat(client.maintenance().status().quarantinedPacks()).isEqualTo(1);
      assertThat(client.assets().put(PutOptions.blob(), Content.of(hit)).newChunks()).isEqualTo(1);
      assertThat(read(client, hit)).isEqualTo(hit);
    }
    try (AifsClient client = EmbeddedAifs.open(options)) {
      assertThat(read(client, hit)).isEqualTo(hit);
      List<Finding> findings = new ArrayList<>();
      CheckSummary summary = fsck(client, findings);
      assertThat(summary.damaged() + summary.warnings()).isZero();
      assertThat(findings)
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.code()).isEqualTo("pack-quarantined");
                assertThat(finding.severity()).isEqualTo(Severity.INFO);
                assertThat(finding.message()).contains("since");
              });
    }
  }

  @Test
  void whatFsckMetHealsWhenPutAgain() throws IOException {
    try (AifsClient client = EmbeddedAifs.open(options)) {
      List<Finding> findings = new ArrayList<>();
      assertThat(fsck(client, findings).damaged()).isEqualTo(2);
      assertThat(findings)
          .extracting(Finding::code)
          .containsExactly("asset-damaged", "pack-damaged");
      assertThat(findings.getLast().assetIds()).containsExactly(Digest.of(hit).hex());
      assertThat(pack().getFileName()).hasToString(findings.getLast().packId() + ".pack");
      assertThat(client.assets().statAll(List.of(Digest.of(hit), Digest.of(other))).keySet())
          .as("what need not be sent again")
          .containsExactly(Digest.of(other));
      put(client, hit);
      assertThat(read(client, hit)).isEqualTo(hit);
      assertThat(client.assets().statAll(List.of(Digest.of(hit)))).hasSize(1);
    }
  }

  @Test
  void damageThatWentAwayIsForgotten() throws IOException {
    try (AifsClient client = EmbeddedAifs.open(options)) {
      assertUnreadable(client);
    }
    flipABit();
    try (AifsClient client = EmbeddedAifs.open(options)) {
      assertThat(read(client, hit)).isEqualTo(hit);
      List<Finding> findings = new ArrayList<>();
      fsck(client, findings);
      assertThat(findings).isEmpty();
      assertThat(client.maintenance().status().damagedRecords()).isZero();
    }
  }

  @Test
  void whatIsInMemoryIsServedAndChecksSeeTheDiskAllTheSame() throws IOException {
    flipABit(); // back to what it was
    try (AifsClient client = EmbeddedAifs.open(options)) {
      assertThat(read(client, hit)).isEqualTo(hit);
      assertThat(client.assets().verify(Digest.of(hit)).valid()).isTrue();
      flipABit();
      assertThat(read(client, hit)).isEqualTo(hit);
      assertThat(client.assets().verify(Digest.of(hit)).valid()).isFalse();
      List<Finding> findings = new ArrayList<>();
      assertThat(fsck(client, findings).damaged()).isEqualTo(2);
      assertThat(findings).extracting(Finding::code).contains("asset-damaged");
      put(client, hit);
      assertThat(client.assets().verify(Digest.of(hit)).valid()).isTrue();
    }
  }

  @Test
  void everyPathIsNamedUpToALimit() throws IOException {
    try (AifsClient client = EmbeddedAifs.open(options)) {
      List<FilePut> files = new ArrayList<>();
      byte[] shared = "shared".getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 130; i++) {
        files.add(file("many/%03d".formatted(i), shared));
      }
      client.tree().putFiles(Name.MAIN_BRANCH, files);
    }
    flipLastRecords();
    try (AifsClient client = EmbeddedAifs.open(options)) {
      List<Finding> findings = new ArrayList<>();
      fsck(client, findings);
      Finding asset =
          findings.stream()
              .filter(finding -> finding.paths().contains("aifs://default/main/many/000"))
              .findFirst()
              .orElseThrow();
      assertThat(asset.paths()).hasSize(100);
      assertThat(asset.morePaths()).isEqualTo(30);
    }
  }

  /** Damages the asset's content, or mends it. */
  private void flipABit() throws IOException {
    byte[] bytes = Files.readAllBytes(pack());
    bytes[SIZE / 2] ^= 1;
    Files.write(pack(), bytes);
  }

  /** Damages every record of the packs written last. */
  private void flipLastRecords() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("data/packs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < SIZE) {
          Arrays.fill(bytes, 600, 610, (byte) 0);
          Files.write(file, bytes);
        }
      }
    }
  }

  @Test
  void aSampleReadsAboutItsShareAndTheWholeSampleFindsAll() throws IOException {
    try (AifsClient client = EmbeddedAifs.open(options)) {
      List<FilePut> files = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        files.add(file("s/" + i, new byte[] {7, (byte) i}));
      }
      client.tree().putFiles(Name.MAIN_BRANCH, files);
      List<Finding> findings = new ArrayList<>();
      CheckSummary all =
          client
              .maintenance()
              .verifySample(
                  1, OptionalLong.empty(), event -> CheckFindings.collect(event, findings));
      assertThat(all.checked()).isEqualTo(203);
      assertThat(all.damaged()).isEqualTo(1);
      assertThat(findings.getFirst().assetIds()).containsExactly(Digest.of(hit).hex());
      CheckSummary half = client.maintenance().verifySample(0.5, OptionalLong.of(99), event -> {});
      assertThat(half.checked()).isBetween(60L, 145L);
      assertThat(half.sampleSeed()).isEqualTo(99);
      assertThat(client.maintenance().verifySample(0.5, OptionalLong.of(99), event -> {}))
          .isEqualTo(half);
      assertThatThrownBy(
              () -> client.maintenance().verifySample(1.5, OptionalLong.empty(), event -> {}))
          .isInstanceOf(AifsException.InvalidRequest.class);
    }
  }

  private static CheckSummary fsck(AifsClient client, List<Finding> findings) {
    return client.maintenance().fsck(false, event -> CheckFindings.collect(event, findings));
  }

  private static void put(AifsClient client, byte[] bytes) {
    client.assets().put(PutOptions.blob(), Content.of(bytes));
  }

  private void assertUnreadable(AifsClient client) {
    assertThatThrownBy(() -> read(client, hit))
        .satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(AifsException.Corrupt.class),
            e -> assertThat(e.getCause()).isInstanceOf(AifsException.Corrupt.class));
  }

  private static byte[] read(AifsClient client, byte[] content) throws IOException {
    try (InputStream stream =
        client.assets().read(new ReadTarget.ById(Digest.of(content)), 0, Optional.empty())) {
      return stream.readAllBytes();
    }
  }
}
