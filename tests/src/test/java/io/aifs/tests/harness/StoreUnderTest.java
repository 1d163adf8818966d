package io.aifs.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.client.Maintenance.CheckSummary;
import io.aifs.client.Maintenance.Severity;
import io.aifs.core.model.Name;
import io.aifs.server.EmbeddedAifs;
import io.aifs.server.InitReport;
import io.aifs.server.RootKeySettings;
import io.aifs.server.StoreCreation;
import io.aifs.server.StoreOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A new store in a temporary directory, with its key and token beside it. */
public final class StoreUnderTest {
  /** Where {@code docs/format/pack.md} puts the domain. */
  private static final int DOMAIN_AT = 28;

  private static final int DOMAIN_BYTES = 16;

  private final Homes homes;
  private final String storeId;

  private StoreUnderTest(Homes homes, String storeId) {
    this.homes = homes;
    this.storeId = storeId;
  }

  /** Initialises a store below {@code root}, in this process. */
  public static StoreUnderTest create(Path root) {
    Homes homes = new Homes(root);
    InitReport report = StoreCreation.init(options(homes, Optional.empty()), false);
    assertThat(report.created()).isTrue();
    return new StoreUnderTest(homes, report.storeId());
  }

  /** A store below {@code root} that a command initialises. */
  public static StoreUnderTest createBy(Path root, Consumer<Homes> init) {
    try {
      Homes homes = new Homes(Files.createDirectories(root));
      init.accept(homes);
      String format = Files.readString(homes.data().resolve("FORMAT"));
      String storeId = format.replaceAll("(?s).*\nstore-id ([0-9a-f]{32})\n.*", "$1");
      return new StoreUnderTest(homes, storeId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A byte for byte copy of a store that nobody holds. */
  public StoreUnderTest copyTo(Path root) {
    Trees.copy(homes.root(), root);
    return new StoreUnderTest(new Homes(root), storeId);
  }

  private static StoreOptions options(Homes homes, Optional<String> token) {
    return new StoreOptions(
        homes.data(),
        Name.DEFAULT_NAMESPACE,
        homes.config(),
        homes.state(),
        new RootKeySettings.KeyFile(Optional.empty()),
        token);
  }

  public Homes homes() {
    return homes;
  }

  public Path data() {
    return homes.data();
  }

  public StoreOptions options() {
    return options(homes, Optional.empty());
  }

  public Path rootKeyFile() {
    return options().rootKeyFile(storeId);
  }

  public Path adminTokenFile() {
    return options().adminTokenFile(storeId);
  }

  public String adminToken() {
    try {
      return Files.readString(adminTokenFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the store in this process, or through whoever holds it. */
  public AifsClient open() {
    return EmbeddedAifs.open(options());
  }

  /** The pack files with content, in order of name: those of the journal are left out. */
  public List<Path> packs() {
    try (Stream<Path> files = Files.walk(data().resolve("packs"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !isOfJournal(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a pack's header names the domain of 16 zero bytes. */
  private static boolean isOfJournal(Path pack) {
    try (InputStream in = Files.newInputStream(pack)) {
      byte[] header = in.readNBytes(DOMAIN_AT + DOMAIN_BYTES);
      return Arrays.equals(
          Arrays.copyOfRange(header, DOMAIN_AT, header.length), new byte[DOMAIN_BYTES]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks every invariant and every byte; fails the test when anything is found. */
  public void requireClean() {
    try (AifsClient client = open()) {
      requireClean(client);
    }
  }

  /** The same through a client that is open already. */
  public static void requireClean(AifsClient client) {
    List<CheckEvent.Finding> findings = findings(client);
    assertThat(findings).as("what fsck finds").isEmpty();
  }

  /** All that fsck finds worth a warning or worse, reading every byte. */
  public static List<CheckEvent.Finding> findings(AifsClient client) {
    List<CheckEvent.Finding> findings = new ArrayList<>();
    CheckSummary summary =
        client
            .maintenance()
            .fsck(
                true,
                event -> {
                  if (event instanceof CheckEvent.Finding finding
                      && finding.severity() != Severity.INFO) {
                    findings.add(finding);
                  }
                });
    assertThat(summary.damaged() + summary.warnings())
        .as("findings counted by fsck, which named " + findings)
        .isEqualTo(findings.size());
    return findings;
  }
}
