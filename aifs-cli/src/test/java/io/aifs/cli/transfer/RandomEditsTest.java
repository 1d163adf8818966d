package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.progress.Tally;
import io.aifs.cli.testing.MemoryStore;
import io.aifs.cli.testing.RememberedPuts;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to files between puts, the store gets what it would get by reading them all. */
class RandomEditsTest {
  private static final int NAMES = 12;
  private static final int ROUNDS = 8;

  @TempDir Path temporary;
  private int number;

  @Test
  void withAndWithoutMemoryTheStoreHoldsTheSame() {
    SeededTest.run(
        15,
        random -> {
          Path directory =
              Files.createDirectories(temporary.resolve("case" + number++).resolve("data"));
          MemoryStore reading = new MemoryStore();
          RememberedPuts puts = new RememberedPuts(new MemoryStore());
          for (int round = 0; round < ROUNDS; round++) {
            for (int edits = random.nextInt(6) + (round == 0 ? 20 : 0); edits > 0; edits--) {
              edit(directory, random);
            }
            puts.age = Duration.ofSeconds(random.nextInt(9)); // some too young to be trusted
            UploadOptions options = UploadOptions.plain(2);
            UploadReport remembered =
                puts.put(directory, options, directory.resolveSibling("clock"));
            UploadReport read = putAll(reading, directory, options);
            assertThat(content(puts.store)).isEqualTo(content(reading));
            assertThat(remembered.files()).isEqualTo(read.files());
            assertThat(remembered.bytes()).isEqualTo(read.bytes());
            assertThat(remembered.newFiles()).isEqualTo(read.newFiles());
          }
        });
  }

  private static UploadReport putAll(MemoryStore store, Path directory, UploadOptions options)
      throws IOException {
    try (Upload upload =
        new Upload(store.client(), options, new Tally(), new Notices(_ -> {}), _ -> {})) {
      upload.putDirectory(directory, new TreePath("t"));
      return upload.finish();
    }
  }

  private static Map<String, TreeEntry> content(MemoryStore store) {
    Map<String, TreeEntry> content = new TreeMap<>();
    store.paths().forEach(path -> content.put(path, store.entry(path).orElseThrow()));
    return content;
  }

  /** Files are called f, directories d, links l: what a name is never changes. */
  private static void edit(Path directory, SplittableRandom random) throws IOException {
    Path parent = directory.resolve("d" + random.nextInt(3));
    Files.createDirectories(parent);
    Path file = parent.resolve("f" + random.nextInt(NAMES));
    Path other = directory.resolve("f" + random.nextInt(NAMES));
    switch (random.nextInt(10)) {
      case 0, 1 -> Files.write(file, content(random));
      case 2, 3 -> writeUnderTheOldTime(file, random);
      case 4 -> moveIfThere(file, other);
      case 5 -> moveIfThere(other, file);
      case 6 -> linkAnew(file, other);
      case 7 -> Files.deleteIfExists(file);
      case 8 -> {
        if (Files.exists(file)) {
          LocalAttributes.setMode(file, 0600 + random.nextInt(2));
        }
      }
      default -> {
        Path link = parent.resolve("l" + random.nextInt(3));
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of("f" + random.nextInt(2)));
      }
    }
  }

  /** Few sizes and few contents: much looks alike. */
  private static byte[] content(SplittableRandom random) {
    int size = random.nextInt(8) == 0 ? SmallBatch.FILE_BYTES_MAX + 1 : random.nextInt(2);
    byte[] bytes = new byte[size];
    if (size > 0) {
      bytes[random.nextInt(size)] = (byte) random.nextInt(1, 5);
    }
    return bytes;
  }

  private static void writeUnderTheOldTime(Path file, SplittableRandom random) throws IOException {
    Files.write(file, content(random));
    LocalAttributes.setMtime(file, 1_000_000_000L);
  }

  private static void moveIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void linkAnew(Path file, Path existing) throws IOException {
    if (Files.exists(existing)) {
      Files.deleteIfExists(file);
      Files.createLink(file, existing);
    }
  }
}
