package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.FileAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final FileAttributes ATTRIBUTES = new FileAttributes(0640, 1_234_567_890_123L);

  @TempDir Path directory;
  private final TemporaryFiles temporaries = new TemporaryFiles();

  private static void write(AtomicFile file, String text) throws IOException {
    file.out().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void appearsCompleteWithItsAttributes() throws IOException {
    Path target = directory.resolve("a");
    try (AtomicFile file = new AtomicFile(target, temporaries)) {
      write(file, "content");
      assertThat(target).doesNotExist();
      file.commit(ATTRIBUTES, false);
    }
    assertThat(target).hasContent("content");
    assertThat(LocalAttributes.of(target).attributes()).isEqualTo(ATTRIBUTES);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void leavesNothingWhenItIsGivenUp() throws IOException {
    try (AtomicFile file = new AtomicFile(directory.resolve("a"), temporaries)) {
      write(file, "half");
      assertThat(names()).hasSize(1);
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void replacesOnlyWhenItMay() throws IOException {
    Path target = Files.writeString(directory.resolve("a"), "old");
    try (AtomicFile file = new AtomicFile(target, temporaries)) {
      write(file, "new");
      assertThatThrownBy(() -> file.commit(ATTRIBUTES, false))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(target).hasContent("old");
    try (AtomicFile file = new AtomicFile(target, temporaries)) {
      write(file, "new");
      file.commit(ATTRIBUTES, true);
    }
    assertThat(target).hasContent("new");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void replacesALinkAndNeverWritesThroughIt() throws IOException {
    Path victim = Files.writeString(directory.resolve("victim"), "precious");
    Path target = Files.createSymbolicLink(directory.resolve("a"), victim);
    try (AtomicFile file = new AtomicFile(target, temporaries)) {
      write(file, "new");
      file.commit(ATTRIBUTES, true);
    }
    assertThat(victim).hasContent("precious");
    assertThat(Files.isSymbolicLink(target)).isFalse();
    assertThat(target).hasContent("new");
  }

  @Test
  void isReadableByItsOwnerAloneUntilItIsComplete() throws IOException {
    try (AtomicFile file = new AtomicFile(directory.resolve("a"), temporaries)) {
      assertThat(LocalAttributes.of(file.temporary()).attributes().mode()).isEqualTo(0600);
    }
  }

  @Test
  void namesADirectoryThatIsNotThere() {
    Path missing = directory.resolve("no/such");
    assertThatThrownBy(() -> new AtomicFile(missing, temporaries))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(directory.resolve("no").toString());
  }

  @Test
  void anEndingProcessDeletesAllAndMakesNoMore() throws IOException {
    try (AtomicFile file = new AtomicFile(directory.resolve("a"), temporaries)) {
      write(file, "half");
      temporaries.deleteAll();
      assertThat(names()).isEmpty();
      assertThatIOException().isThrownBy(() -> new AtomicFile(directory.resolve("b"), temporaries));
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void whatIsBeingMadeWhenTheProcessEndsIsGoneToo() throws Exception {
    CountDownLatch some = new CountDownLatch(50);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(Thread.ofPlatform().start(() -> makeUntilTheEnd(some)));
    }
    some.await();
    temporaries.deleteAll();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(names()).isEmpty();
  }

  private void makeUntilTheEnd(CountDownLatch made) {
    try {
      while (true) {
        temporaries.open(directory).channel().close();
        made.countDown();
      }
    } catch (IOException _) {
      // refused: the end has come
    }
  }

  @Test
  void aPrivateFileIsPrivateAndNeverReplaces() throws IOException {
    Path target = directory.resolve("key");
    PrivateFile.create(target, new byte[] {1}, temporaries);
    assertThat(LocalAttributes.of(target).attributes().mode()).isEqualTo(0600);
    assertThatThrownBy(() -> PrivateFile.create(target, new byte[] {2}, temporaries))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readAllBytes(target)).containsExactly(1);
  }
}
