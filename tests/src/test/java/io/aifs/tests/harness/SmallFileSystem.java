package io.aifs.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file system in memory of a few mebibytes, mounted by the test, that can be filled up. */
public final class SmallFileSystem implements AutoCloseable {
  private static final String FILLER = "filler-of-the-test";
  private static final String BALLAST = "ballast-of-the-test";
  private static final int BLOCK_BYTES = 64 << 10;

  private final Path root;

  private SmallFileSystem(Path root) {
    this.root = root;
  }

  /** Mounts it; ends the test if this user may not. */
  public static SmallFileSystem mount(Path root, int mebibytes) {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command =
        List.of(
            ExternalTool.require("mount").toString(),
            "-t",
            "tmpfs",
            "-o",
            "mode=0700,size=" + mebibytes + "m",
            "aifs-test",
            root.toString());
    if (!ExternalTool.works(command)) {
      throw ExternalTool.missing("permission to mount a small file system (run as root)");
    }
    return new SmallFileSystem(root);
  }

  public long freeBytes() {
    return root.toFile().getUsableSpace();
  }

  /** What files take, in whole blocks. */
  public long usedBytes() {
    return root.toFile().getTotalSpace() - root.toFile().getFreeSpace();
  }

  /** Gives back what {@link #fill} took, and takes so much for good that {@code bytes} are left. */
  public void leave(long bytes) {
    delete(FILLER);
    delete(BALLAST);
    write(BALLAST, Math.max(0, freeBytes() - bytes));
  }

  /** Takes every byte that is left. */
  public void fill() {
    write(FILLER, Long.MAX_VALUE);
    assertThat(freeBytes()).as("bytes left on the full file system").isZero();
  }

  private void delete(String name) {
    try {
      Files.deleteIfExists(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, long bytes) {
    byte[] block = new byte[BLOCK_BYTES];
    long left = bytes;
    try (OutputStream out =
        Files.newOutputStream(
            root.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (left > 0) {
        int length = (int) Math.min(left, BLOCK_BYTES);
        out.write(block, 0, length);
        left -= length;
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space")) {
        throw new UncheckedIOException(e);
      }
      // as wanted
    }
  }

  @Override
  public void close() {
    // Lazily: a process that still has a file there must not keep the test from cleaning up.
    ExternalTool.run(
        Path.of("/"), List.of(ExternalTool.require("umount").toString(), "-l", root.toString()));
  }
}
