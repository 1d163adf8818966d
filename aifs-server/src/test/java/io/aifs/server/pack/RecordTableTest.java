package io.aifs.server.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordTableTest {
  @Test
  void millionRecordsCostAtMost33BytesEach() {
    RecordTable table = new RecordTable();
    Random random = new Random(1);
    for (int i = 1; i <= 1_000_000; i++) {
      table.add(random.nextLong(), random.nextLong(), i);
      if (i >= 100_000 && i % 50_000 == 0) {
        assertThat((double) table.heapBytes() / table.size()).isBetween(28.0, 33.0);
      }
    }
    System.out.printf(
        "heap per record at 1 M records: %.1f bytes%n", (double) table.heapBytes() / table.size());
    assertThat(table.size()).isEqualTo(1_000_000);
  }

  /** Few distinct keys, so that runs of occupied slots are long and wrap around. */
  @Test
  void behavesAsAMultimapUnderRandomAddsAndRemoves() {
    Random random = TestSeed.random("RecordTableTest", 7);
    RecordTable table = new RecordTable();
    Map<Long, Set<Long>> model = new HashMap<>();
    long size = 0;
    for (int step = 0; step < 200_000; step++) {
      long key = random.nextInt(300);
      long location = 1L + random.nextInt(3);
      Set<Long> expected = model.computeIfAbsent(key, _ -> new HashSet<>());
      if (random.nextInt(100) < (step / 20_000 % 2 == 0 ? 60 : 40)) {
        table.add(key << 60, key, location);
        size += expected.add(location) ? 1 : 0;
      } else {
        table.remove(key << 60, key, location);
        size -= expected.remove(location) ? 1 : 0;
      }
      long probed = random.nextInt(300);
      assertThat(locations(table, probed))
          .containsExactlyInAnyOrderElementsOf(model.getOrDefault(probed, Set.of()));
      assertThat(table.size()).isEqualTo(size);
    }
  }

  @Test
  void flagsOfALocationChangeWithoutMovingIt() {
    RecordTable table = new RecordTable();
    table.add(5, 6, 100 | RecordTable.MARKED);
    table.add(5, 6, 100 | RecordTable.HIDDEN);
    table.add(5, 6, 200);
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.find(5, 6, 0)).isEqualTo(100 | RecordTable.MARKED);
    table.flag(5, 6, 100, RecordTable.MARKED, RecordTable.HIDDEN);
    assertThat(table.find(5, 6, 0)).isEqualTo(100 | RecordTable.HIDDEN);
    assertThat(table.find(5, 6, 100)).isEqualTo(200);
    table.flag(5, 6, 300, 0, RecordTable.MARKED);
    table.flag(7, 7, 100, 0, RecordTable.MARKED);
    assertThat(table.find(5, 6, 200)).isZero();
    table.remove(5, 6, 100);
    assertThat(table.find(5, 6, 0)).isEqualTo(200);
  }

  @Test
  void passesOverSegmentsSeeFlagAndRemoveEverything() {
    RecordTable table = new RecordTable();
    Random random = TestSeed.random("RecordTableTest.passes", 8);
    Map<Long, Long> keys = new HashMap<>();
    for (long location = 1; location <= 5_000; location++) {
      long key = random.nextLong();
      keys.put(location, key);
      table.add(key, location, location);
    }
    Set<Long> seen = new HashSet<>();
    for (int segment = 0; segment < RecordTable.SEGMENTS; segment++) {
      table.flagEach(segment, kept -> kept % 2 == 0 ? kept | RecordTable.HIDDEN : kept);
      table.each(segment, kept -> seen.add(RecordTable.place(kept)));
      table.removeEach(segment, kept -> RecordTable.place(kept) % 5 == 0);
    }
    assertThat(seen).hasSize(5_000);
    assertThat(table.size()).isEqualTo(4_000);
    keys.forEach(
        (location, key) -> {
          long expected = location % 2 == 0 ? location | RecordTable.HIDDEN : location;
          assertThat(table.find(key, location, 0)).isEqualTo(location % 5 == 0 ? 0 : expected);
        });
  }

  private static List<Long> locations(RecordTable table, long key) {
    List<Long> found = new ArrayList<>();
    for (long at = table.find(key << 60, key, 0); at != 0; at = table.find(key << 60, key, at)) {
      found.add(at);
    }
    return found;
  }
}
