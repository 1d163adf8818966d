package io.aifs.server.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWorkload;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.file.LocalDisk;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to the journal's packs is named, and costs no more than the record that it hit. */
class JournalDamageTest {
  @TempDir Path dir;
  private JournalRig rig;

  @BeforeEach
  void makeRig() throws IOException {
    rig = new JournalRig(new LocalDisk(dir), dir.resolve("catalog.db"), new Random(7));
  }

  private void putKeyFiles(JournalRig.Running running, int from, int to) {
    for (int i = from; i < to; i++) {
      String name = "keys/a/" + i + ".key";
      var _ =
          running
              .catalog()
              .<Boolean>write(
                  writer -> {
                    writer.ledger().putKeyFile(name, new byte[] {1});
                    return true;
                  });
    }
  }

  private List<Path> packs() throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve("packs"))) {
      return files.filter(file -> file.toString().endsWith(".pack")).sorted().toList();
    }
  }

  private void flip(PackId pack, long at) throws IOException {
    Path file =
        dir.resolve("packs").resolve(pack.hex().substring(0, 2)).resolve(pack.hex() + ".pack");
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= 1;
    Files.write(file, bytes);
  }

  private static int keyFiles(Catalog catalog) {
    return catalog.read(reader -> reader.ledger().keyFiles().size());
  }

  @Test
  void eachByteOfASmallPackFlippedInTurnIsNamedAndCostsOneRecordAtMost() throws IOException {
    JournalRig.Running running = rig.open();
    putKeyFiles(running, 0, 3);
    running.close();
    for (Path pack : packs()) {
      byte[] whole = Files.readAllBytes(pack);
      for (int at = 0; at < whole.length; at++) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << (at % 8));
        Files.write(pack, flipped);
        JournalMap map = rig.map();
        assertThat(map.damage()).as("%s byte %s", pack, at).isNotEmpty();
        assertThat(map.transactions()).as("%s byte %s", pack, at).hasSizeGreaterThanOrEqualTo(2);
      }
      Files.write(pack, whole);
    }
  }

  @Test
  void aTornTailCostsNothingThatWasWhole() throws IOException {
    JournalRig.Running running = rig.open();
    putKeyFiles(running, 0, 3);
    running.crash();
    Path newest = packs().getFirst();
    for (Path pack : packs()) {
      newest = Files.size(pack) > 0 ? pack : newest;
    }
    byte[] torn = Arrays.copyOf(Files.readAllBytes(newest), (int) Files.size(newest) + 40);
    Files.write(newest, torn);

    JournalRig.Rebuilt rebuilt = rig.rebuild(dir.resolve("rebuilt.db"));

    try (SqliteCatalog catalog = rebuilt.catalog()) {
      assertThat(rebuilt.report().damage()).hasSize(1);
      assertThat(rebuilt.report().complete()).isTrue();
      assertThat(keyFiles(catalog)).isEqualTo(3);
    }
  }

  @RepeatedTest(24)
  void whatIsLeftBehindAGapIsConsistent() throws IOException {
    long seed = SeededTest.seed();
    Random random = new Random(seed);
    CatalogWorkload workload = new CatalogWorkload(random);
    JournalRig.Running running = rig.open();
    for (int i = 0; i < 80; i++) {
      workload.step(running.catalog());
      if (random.nextInt(30) == 0) {
        running.journal().checkpoint();
      }
    }
    running.close();
    List<Path> packs = packs();
    for (int i = 0; i < 3; i++) {
      Path pack = packs.get(random.nextInt(packs.size()));
      byte[] bytes = Files.readAllBytes(pack);
      bytes[512 + random.nextInt(bytes.length - 512)] ^= 1;
      Files.write(pack, bytes);
    }

    JournalRig.Rebuilt rebuilt = rig.rebuild(dir.resolve("rebuilt.db"));

    try (SqliteCatalog _ = rebuilt.catalog()) {
      assertThat(rebuilt.report().damage()).as("seed %s", seed).isNotEmpty();
      assertThat(rebuilt.report().problems())
          .as("seed %s %s", seed, rebuilt.report().losses())
          .isEmpty();
    }
  }

  @Test
  void aGapIsReportedAndTheRestApplied() throws IOException {
    JournalRig.Running running = rig.open();
    putKeyFiles(running, 0, 9);
    running.close();
    JournalMap.Place fifth =
        rig.map().transactions().stream()
            .filter(body -> body.head().sequence() == 5)
            .flatMap(body -> body.places().stream())
            .findFirst()
            .orElseThrow();
    flip(fifth.pack(), fifth.position() + 100);

    JournalRig.Rebuilt rebuilt = rig.rebuild(dir.resolve("rebuilt.db"));

    try (SqliteCatalog catalog = rebuilt.catalog()) {
      assertThat(rebuilt.report().losses()).containsExactly("missing: transactions 5 to 5");
      assertThat(keyFiles(catalog)).isEqualTo(8);
      assertThat(rebuilt.report().newest()).isEqualTo(9);
    }
  }

  @Test
  void transactionsBeyondOneRecordAreSpreadAndComeBack() throws IOException {
    JournalRig.Running running = rig.open();
    byte[] noise = new byte[(5 << 20) / 2];
    new Random(1).nextBytes(noise);
    var _ =
        running
            .catalog()
            .<Boolean>write(
                writer -> {
                  writer.ledger().putKeyFile("keys/a/1.key", noise);
                  return true;
                });
    running.crash();
    JournalRig.Rebuilt rebuilt = rig.rebuild(dir.resolve("rebuilt.db"));
    try (SqliteCatalog catalog = rebuilt.catalog()) {
      assertThat(rebuilt.report().complete()).isTrue();
      List<byte[]> files =
          new ArrayList<>(catalog.read(reader -> reader.ledger().keyFiles()).values());
      assertThat(files.getFirst()).isEqualTo(noise);
    }
    JournalRig.Running again = rig.open();
    again.journal().checkpoint();
    again.close();
    JournalRig.Rebuilt second = rig.rebuild(dir.resolve("rebuilt-2.db"));
    try (SqliteCatalog catalog = second.catalog()) {
      assertThat(second.report().transactions()).isZero();
      assertThat(keyFiles(catalog)).isEqualTo(1);
    }
  }

  @Test
  void aCheckpointLetsOlderPacksGo() throws IOException {
    JournalRig.Running running = rig.open();
    putKeyFiles(running, 0, 5);
    List<Path> before = packs();
    running.journal().checkpoint();
    assertThat(packs()).doesNotContainAnyElementsOf(before);
    putKeyFiles(running, 5, 6);
    running.close();
    JournalRig.Rebuilt rebuilt = rig.rebuild(dir.resolve("rebuilt.db"));
    try (SqliteCatalog catalog = rebuilt.catalog()) {
      assertThat(rebuilt.report().checkpoint()).isEqualTo(5);
      assertThat(rebuilt.report().transactions()).isEqualTo(1);
      assertThat(keyFiles(catalog)).isEqualTo(6);
    }
  }
}
