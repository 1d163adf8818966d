package io.aifs.server.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.CatalogWorkload;
import io.aifs.server.catalog.DumpText;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.file.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** The catalog is deleted at a random moment of a random workload: rebuilt, it is equal. */
class RebuildModelTest {
  private static final int STEPS_MAX = 120;

  @TempDir Path dir;

  @RepeatedTest(25)
  void rebuiltCatalogEqualsTheLostOne() throws IOException {
    long given = SeededTest.seed();
    Random random = new Random(given);
    JournalRig rig = new JournalRig(new LocalDisk(dir), dir.resolve("catalog.db"), random);
    CatalogWorkload workload = new CatalogWorkload(random);
    JournalRig.Running running = rig.open();
    int steps = 1 + random.nextInt(STEPS_MAX);
    for (int i = 0; i < steps; i++) {
      workload.step(running.catalog());
      switch (random.nextInt(30)) {
        case 0 -> {
          running.close();
          running = rig.open();
        }
        case 1 -> {
          running.crash();
          running = rig.open();
        }
        case 2 -> running.journal().checkpoint();
        default -> {
          // most of the time nothing happens between two transactions
        }
      }
    }
    List<String> lost = withoutJournalPacks(running.file());
    if (random.nextBoolean()) {
      running.close();
    } else {
      running.crash();
    }

    JournalRig.Rebuilt rebuilt = rig.rebuild(dir.resolve("rebuilt.db"));

    try (SqliteCatalog catalog = rebuilt.catalog()) {
      assertThat(rebuilt.report().damage()).as("seed %s", given).isEmpty();
      assertThat(rebuilt.report().complete()).as("seed %s %s", given, rebuilt.report()).isTrue();
      assertThat(withoutJournalPacks(catalog)).as("seed %s", given).isEqualTo(lost);
      assertThat(catalog.check()).isEmpty();
    }
  }

  private static List<String> withoutJournalPacks(SqliteCatalog catalog) {
    return DumpText.of(
        catalog,
        line -> !(line.startsWith("pack|") && line.contains("|" + JournalDomain.ID + "|")));
  }
}
