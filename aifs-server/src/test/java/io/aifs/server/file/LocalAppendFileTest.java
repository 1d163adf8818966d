package io.aifs.server.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAppendFileTest {
  private static final byte[] MIB = new byte[1 << 20];

  /** What shall run on another thread: the test runs it when it wants. */
  private final List<Runnable> early = new ArrayList<>();

  @TempDir private Path directory;

  @Test
  void isWrittenOutEveryFewMebibytes() throws IOException {
    Path path = directory.resolve("file");
    try (LocalAppendFile file = open(path.toFile())) {
      append(file, 15);
      assertThat(early).isEmpty();
      append(file, 1);
      assertThat(early).hasSize(1);
      early.removeFirst().run();
      append(file, 16);
      assertThat(early).hasSize(1);
      file.sync();
      assertThat(file.length()).isEqualTo(32L * MIB.length);
    }
    early.removeFirst().run(); // late, and the file is closed
    assertThat(Files.size(path)).isEqualTo(32L * MIB.length);
  }

  @Test
  void failureOfAnEarlyWriteIsToldByEverySyncAfterIt() throws IOException {
    try (LocalAppendFile file = open(new File("/dev/null"))) { // takes bytes and refuses syncs
      append(file, 16);
      early.removeFirst().run();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(file::sync)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("failed before");
      }
    }
  }

  private LocalAppendFile open(File file) throws IOException {
    return new LocalAppendFile(new FileOutputStream(file, true), early::add);
  }

  private static void append(LocalAppendFile file, int mebibytes) throws IOException {
    for (int i = 0; i < mebibytes; i++) {
      file.append(MIB, 0, MIB.length);
    }
  }
}
