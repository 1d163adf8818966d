package io.aifs.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.cli.terminal.DiskSpace;
import io.aifs.cli.transfer.IgnoreRules;
import io.aifs.cli.transfer.TreeSize;
import io.aifs.core.AifsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
  private static final IgnoreRules NOT_BUILT = IgnoreRules.of(List.of("built/"));

  @TempDir Path directory;

  @BeforeEach
  void makeSource() throws IOException {
    Files.createDirectories(directory.resolve("d/built"));
    Files.write(directory.resolve("d/file"), new byte[10_000]);
    Files.write(directory.resolve("d/built/file"), new byte[1 << 20]);
    Files.createSymbolicLink(directory.resolve("link"), Path.of("d/built/file"));
  }

  private void require(OptionalLong free) throws IOException {
    new Room(_ -> free).require(directory, NOT_BUILT, directory);
  }

  @Test
  void whatIsIgnoredOrLinkedToNeedsNoRoom() throws IOException {
    assertThat(TreeSize.of(directory, NOT_BUILT)).isEqualTo(new TreeSize(3, 10_000));
    assertThat(TreeSize.of(directory, IgnoreRules.of(List.of())))
        .isEqualTo(new TreeSize(5, 10_000 + (1 << 20)));
  }

  @Test
  void everythingIsWrittenThreeTimesBesideWhatAnEmptyStoreTakes() {
    long nothing = Room.bytesNeeded(new TreeSize(0, 0));
    assertThat(Room.bytesNeeded(new TreeSize(0, 1L << 40)) - nothing).isEqualTo(3L << 40);
    assertThat(Room.bytesNeeded(new TreeSize(100, 0)) - nothing).isEqualTo(300 * 4_096);
  }

  @Test
  void aByteTooFewIsRefusedAndJustEnoughIsNot() throws IOException {
    long needed = Room.bytesNeeded(TreeSize.of(directory, NOT_BUILT));
    assertThatThrownBy(() -> require(OptionalLong.of(needed - 1)))
        .isInstanceOf(AifsException.LimitExceeded.class);
    assertThatCode(() -> require(OptionalLong.of(needed))).doesNotThrowAnyException();
  }

  @Test
  void aDiskThatDoesNotSayHowFullItIsGetsATry() {
    assertThatCode(() -> require(OptionalLong.empty())).doesNotThrowAnyException();
  }

  @Test
  void theDisksOfThisMachineSayHowMuchIsFree() throws IOException {
    DiskSpace disks = DiskSpace.ofThisMachine();
    assertThat(disks.freeBytes(directory).orElseThrow()).isPositive();
    assertThatThrownBy(() -> disks.freeBytes(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
