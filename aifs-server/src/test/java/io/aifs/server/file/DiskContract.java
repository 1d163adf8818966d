package io.aifs.server.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Disk} promises. Subclasses only say how to make one. */
public abstract class DiskContract {
  @TempDir protected Path directory;

  protected Disk disk;

  protected abstract Disk make(Path directory) throws IOException;

  @BeforeEach
  void makeDisk() throws IOException {
    disk = make(directory);
  }

  @Test
  void appendedBytesAreReadAtAnyPosition() throws IOException {
    try (Disk.AppendFile file = disk.create("a/b/c.pack")) {
      file.append(new byte[] {9, 0, 1, 2, 9}, 1, 3);
      file.append(new byte[] {3, 4}, 0, 2);
      file.sync();
      assertThat(file.length()).isEqualTo(5);
    }
    try (Disk.ReadFile file = disk.open("a/b/c.pack")) {
      byte[] into = new byte[6];
      assertThat(file.length()).isEqualTo(5);
      assertThat(file.read(1, into, 2, 3)).isEqualTo(3);
      assertThat(into).containsExactly(0, 0, 1, 2, 3, 0);
    }
  }

  @Test
  void readingAtTheEndGivesWhatIsThere() throws IOException {
    write("file", 5);
    try (Disk.ReadFile file = disk.open("file")) {
      byte[] into = new byte[10];
      assertThat(file.read(3, into, 0, 10)).isEqualTo(2);
      assertThat(file.read(5, into, 0, 10)).isZero();
      assertThat(file.read(1L << 40, into, 0, 10)).isZero();
      assertThat(file.read(0, into, 0, 0)).isZero();
    }
  }

  @Test
  void aFileIsReadableWhileItGrows() throws IOException {
    try (Disk.AppendFile file = disk.create("file");
        Disk.ReadFile reading = disk.open("file")) {
      assertThat(reading.length()).isZero();
      file.append(new byte[] {7}, 0, 1);
      byte[] into = new byte[2];
      assertThat(reading.read(0, into, 0, 2)).isEqualTo(1);
      assertThat(into[0]).isEqualTo((byte) 7);
      assertThat(reading.length()).isEqualTo(1);
    }
  }

  @Test
  void largeAppendsAreWhole() throws IOException {
    byte[] bytes = new byte[3_000_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((i * 31) >> 5);
    }
    try (Disk.AppendFile file = disk.create("file")) {
      file.append(bytes, 0, bytes.length);
    }
    byte[] into = new byte[bytes.length + 1];
    try (Disk.ReadFile file = disk.open("file")) {
      assertThat(file.read(0, into, 0, into.length)).isEqualTo(bytes.length);
    }
    assertThat(Arrays.copyOf(into, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void aFileIsAppendedToAgainBehindWhatOfItCounts() throws IOException {
    write("a/file", 5);
    try (Disk.AppendFile file = disk.reopen("a/file", 3)) {
      assertThat(file.length()).isEqualTo(3);
      file.append(new byte[] {7, 8}, 0, 2);
      file.sync();
      assertThat(file.length()).isEqualTo(5);
    }
    try (Disk.AppendFile file = disk.reopen("a/file", 5)) {
      file.append(new byte[] {9}, 0, 1);
    }
    byte[] into = new byte[9];
    try (Disk.ReadFile file = disk.open("a/file")) {
      assertThat(file.read(0, into, 0, 9)).isEqualTo(6);
    }
    assertThat(into).containsExactly(0, 0, 0, 7, 8, 9, 0, 0, 0);
    assertThatThrownBy(() -> disk.reopen("a/file", 7)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk.reopen("a/none", 0)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aTakenNameIsNotCreatedAgain() throws IOException {
    write("a/file", 3);
    assertThatThrownBy(() -> disk.create("a/file")).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> disk.create("a")).isInstanceOf(FileAlreadyExistsException.class);
    try (Disk.ReadFile file = disk.open("a/file")) {
      assertThat(file.length()).isEqualTo(3);
    }
  }

  @Test
  void whatIsNotThereIsNotOpened() {
    assertThatThrownBy(() -> disk.open("none")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.open("no/ne")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.rename("none", "x")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> disk.syncDirectory("none")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void renameReplacesInOneStepAndMakesDirectories() throws IOException {
    write("a/old", 3);
    write("b", 1);
    disk.rename("a/old", "b");
    disk.rename("b", "c/d/e");
    disk.syncDirectory("c/d");

    assertThat(disk.exists("a/old")).isFalse();
    assertThat(disk.exists("b")).isFalse();
    try (Disk.ReadFile file = disk.open("c/d/e")) {
      assertThat(file.length()).isEqualTo(3);
    }
  }

  @Test
  void anOpenFileStaysReadableAfterItsNameIsDeletedOrReplaced() throws IOException {
    write("file", 3);
    write("other", 1);
    try (Disk.ReadFile deleted = disk.open("file");
        Disk.ReadFile replaced = disk.open("other")) {
      assertThat(disk.delete("file")).isTrue();
      write("new", 9);
      disk.rename("new", "other");
      assertThat(deleted.read(0, new byte[9], 0, 9)).isEqualTo(3);
      assertThat(replaced.read(0, new byte[9], 0, 9)).isEqualTo(1);
    }
    assertThat(disk.delete("file")).isFalse();
    assertThat(disk.exists("file")).isFalse();
  }

  @Test
  void aDirectoryIsNotDeletedAsAFile() throws IOException {
    write("a/file", 1);
    assertThatThrownBy(() -> disk.delete("a")).isInstanceOf(IOException.class);
    assertThat(disk.exists("a/file")).isTrue();
  }

  @Test
  void listGivesFilesAndDirectoriesSorted() throws IOException {
    write("p/c", 1);
    write("p/a", 1);
    write("p/b/x", 1);
    write("p/b/y/z", 1);

    assertThat(disk.list("p")).containsExactly("a", "b", "c");
    assertThat(disk.list("p/b")).containsExactly("x", "y");
    assertThat(disk.list("")).containsExactly("p");
    assertThat(disk.list("none")).isEmpty();
    assertThatThrownBy(() -> disk.list("p/a")).isInstanceOf(IOException.class);
  }

  @Test
  void directoriesAreSynced() throws IOException {
    write("a/b/file", 1);
    disk.syncDirectory("a/b");
    disk.syncDirectory("a/b");
    disk.syncDirectory("");
    assertThat(disk.list("a/b")).isEqualTo(List.of("file"));
  }

  @Test
  void namesThatCouldLeaveTheDirectoryAreRefused() {
    for (String name :
        List.of("", "/etc/passwd", "../x", "a/../x", "a//b", "a/", ".hidden", "a\0b", "a b", "ä")) {
      assertThatThrownBy(() -> disk.create(name))
          .as("name %s", name)
          .isInstanceOfAny(IllegalArgumentException.class, FileAlreadyExistsException.class);
    }
  }

  @Test
  void aClosedFileIsNotUsed() throws IOException {
    Disk.AppendFile appending = disk.create("file");
    appending.close();
    appending.close();
    assertThatThrownBy(() -> appending.append(new byte[1], 0, 1)).isInstanceOf(IOException.class);
    Disk.ReadFile reading = disk.open("file");
    reading.close();
    reading.close();
    assertThatThrownBy(() -> reading.read(0, new byte[1], 0, 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(reading::length).isInstanceOf(IOException.class);
  }

  private void write(String name, int bytes) throws IOException {
    try (Disk.AppendFile file = disk.create(name)) {
      file.append(new byte[bytes], 0, bytes);
    }
  }
}
