package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.aifs.core.AifsException;
import io.aifs.core.model.FileAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamingQueueTest {
  @TempDir Path directory;
  private final TemporaryFiles temporaries = new TemporaryFiles();
  private NamingQueue queue;

  @BeforeEach
  void open() throws IOException {
    queue = new NamingQueue(directory, false);
    assumeThat(queue.takes(directory)).as("this file system can be synced as one").isTrue();
  }

  @AfterEach
  void close() throws IOException {
    queue.close();
  }

  private void add(String name, long bytes) throws IOException {
    AtomicFile file = new AtomicFile(directory.resolve(name), temporaries);
    file.out().write(name.getBytes(StandardCharsets.UTF_8));
    file.complete(FileAttributes.PLAIN_FILE);
    queue.add(file, bytes);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void filesGetTheirNamesTogether() throws IOException {
    add("a", 1);
    add("b", 1);
    assertThat(names()).hasSize(2).allMatch(name -> name.endsWith(".part"));
    queue.flush();
    assertThat(names()).containsExactly("a", "b");
    assertThat(directory.resolve("b")).hasContent("b");
  }

  @Test
  void manyBytesAreNotWaitedFor() throws IOException {
    add("a", 1);
    add("b", 1L << 40);
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void manyFilesAreNotWaitedFor() throws IOException {
    for (int i = 0; i < 4_096; i++) {
      add("f" + i, 0);
    }
    assertThat(names()).hasSize(4_096).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void whatHasNoNameAtTheEndIsGone() throws IOException {
    add("a", 1);
    queue.close();
    assertThat(names()).isEmpty();
  }

  @Test
  void oneThatIsInTheWayKeepsNoOtherFromItsName() throws IOException {
    Files.writeString(directory.resolve("b"), "mine");
    add("a", 1);
    add("b", 1);
    add("c", 1);
    assertThatThrownBy(queue::flush)
        .isInstanceOf(AifsException.AlreadyExists.class)
        .hasMessageContaining(directory.resolve("b").toString());
    assertThat(names()).containsExactly("a", "b", "c");
    assertThat(directory.resolve("b")).hasContent("mine");
  }

  @Test
  void anotherFileSystemIsNotCovered() throws IOException {
    assertThat(queue.takes(Path.of("/proc"))).isFalse();
    Path below = Files.createDirectory(directory.resolve("below"));
    assertThat(queue.takes(below)).isTrue();
  }

  @Test
  void whatIsNotThereCannotBeSynced() {
    assertThat(FileSystemSync.of(directory.resolve("none"))).isEmpty();
  }
}
