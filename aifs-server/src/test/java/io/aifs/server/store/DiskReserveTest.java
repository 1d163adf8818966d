package io.aifs.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.RandomBytes;
import io.aifs.server.file.FaultyDisk;
import io.aifs.server.file.FaultyDisk.Operation;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DiskReserveTest {
  private static final long BYTES = 1 << 20;

  private final FaultyDisk disk = new FaultyDisk(new MemoryDisk());
  private long free = 10 * BYTES;

  private DiskReserve reserve() throws IOException {
    return new DiskReserve(disk, 64 * BYTES, () -> free, RandomBytes.secure());
  }

  @Test
  void itIsA64thOfTheDiskWithinBounds() throws IOException {
    assertThat(reserve().bytes()).isEqualTo(BYTES);
    assertThat(new DiskReserve(disk, 1L << 40, () -> free, RandomBytes.secure()).bytes())
        .isEqualTo(16 * BYTES);
    assertThat(new DiskReserve(disk, 1_000, () -> free, RandomBytes.secure()).bytes())
        .isEqualTo(BYTES);
  }

  @Test
  void itIsSetAsideGivenUpOnceAndFoundAgain() throws IOException {
    DiskReserve reserve = reserve();
    assertThat(reserve.release()).isFalse();
    assertThat(reserve.restore()).isTrue();
    try (var file = disk.open(DiskReserve.NAME)) {
      assertThat(file.length()).isEqualTo(BYTES);
    }
    assertThat(reserve().held()).as("found by the next process").isTrue();
    assertThat(reserve.release()).isTrue();
    assertThat(disk.exists(DiskReserve.NAME)).isFalse();
    assertThat(reserve.release()).isFalse();
    assertThat(reserve().held()).isFalse();
  }

  @Test
  void itComesBackWhenThereIsTwiceAsMuch() throws IOException {
    DiskReserve reserve = reserve();
    reserve.restore();
    reserve.release();
    free = BYTES - 1;
    assertThat(reserve.hasRoom()).isFalse();
    free = 2 * BYTES - 1;
    assertThat(reserve.hasRoom()).as("enough to store, not to set aside").isTrue();
    assertThat(reserve.held()).isFalse();
    free = 2 * BYTES;
    assertThat(reserve.hasRoom()).isTrue();
    assertThat(reserve.held()).isTrue();
    free = 0;
    assertThat(reserve.hasRoom()).as("a put may fill the rest of the disk").isTrue();
  }

  @Test
  void oneThatCouldNotBeWrittenWholeIsNotThere() throws IOException {
    DiskReserve reserve = reserve();
    disk.freeBytes(BYTES / 2);
    assertThatThrownBy(reserve::restore).hasMessageContaining("No space");
    assertThat(disk.exists(DiskReserve.NAME)).isFalse();
    disk.heal();
    disk.fail(Operation.SYNC, 1);
    assertThatThrownBy(reserve::restore).hasMessageContaining("Input/output");
    assertThat(reserve.held()).isFalse();
    assertThat(reserve.restore()).isTrue();
  }
}
