package io.aifs.server.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalDiskTest extends DiskContract {
  private static final int READS = 300;

  @Override
  protected Disk make(Path directory) throws IOException {
    return new LocalDisk(directory.resolve("made/here"));
  }

  @Test
  void filesAndDirectoriesAreForTheOwnerOnly() throws IOException {
    disk.create("packs/00/x.pack").close();
    disk.create("y.tmp").close();
    disk.rename("y.tmp", "keys/kek/y.key");

    try (Stream<Path> all = Files.walk(directory.resolve("made"))) {
      for (Path path : all.toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertThat(mode)
            .as("mode of %s", path)
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void anInterruptNeitherBreaksAReadNorIsLost() throws IOException {
    byte[] bytes = {1, 2, 3};
    try (Disk.AppendFile file = disk.create("file")) {
      Thread.currentThread().interrupt();
      file.append(bytes, 0, 3);
      file.sync();
    }
    assertThat(Thread.interrupted()).isTrue();
    try (Disk.ReadFile file = disk.open("file")) {
      Thread.currentThread().interrupt();
      assertThat(file.read(0, new byte[9], 0, 9)).isEqualTo(3);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file.read(0, new byte[9], 0, 9)).isEqualTo(3);
    }
  }

  @Test
  void interruptsOfOneReaderDoNotDisturbTheOthers() throws Exception {
    byte[] bytes = new byte[1 << 20];
    try (Disk.AppendFile file = disk.create("file")) {
      file.append(bytes, 0, bytes.length);
    }
    AtomicInteger reads = new AtomicInteger();
    AtomicReference<Thread> victim = new AtomicReference<>();
    try (Disk.ReadFile file = disk.open("file");
        ExecutorService threads = Executors.newCachedThreadPool()) {
      Callable<Void> reader =
          () -> {
            victim.set(Thread.currentThread());
            for (int i = 0; i < READS; i++) {
              reads.incrementAndGet();
              assertThat(file.read(0, new byte[bytes.length], 0, bytes.length))
                  .isEqualTo(bytes.length);
            }
            return null;
          };
      List<Future<Void>> readers =
          List.of(threads.submit(reader), threads.submit(reader), threads.submit(reader));
      interruptNowAndThen(victim, reads, readers);
      for (Future<Void> done : readers) {
        done.get();
      }
    }
    assertThat(reads.get()).isEqualTo(3 * READS);
  }

  private static void interruptNowAndThen(
      AtomicReference<Thread> victim, AtomicInteger reads, List<Future<Void>> readers) {
    int next = 1;
    while (!readers.stream().allMatch(Future::isDone)) {
      Thread thread = victim.get();
      if (thread != null && reads.get() >= next) {
        thread.interrupt();
        next = reads.get() + 3;
      }
      Thread.onSpinWait();
    }
  }
}
