package io.aifs.server.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RecordingDiskTest extends DiskContract {
  private static final int CUTS = 400;

  private final Timeline timeline = new Timeline(false);

  @Override
  protected Disk make(Path directory) {
    return new RecordingDisk(timeline, new Random(1));
  }

  @Test
  void whatWasSyncedSurvivesEveryCut() throws IOException {
    try (Disk.AppendFile file = disk.create("a/b/file")) {
      append(file, 700, 1);
      file.sync();
      disk.syncDirectory("a/b");
      append(file, 700, 2);
      assertThat(survivors(RecordingDiskTest::ones)).containsExactly("700 bytes");
    }
  }

  @Test
  void unsyncedBytesSurviveInAnySectorsOverAnyLength() throws IOException {
    try (Disk.AppendFile file = disk.create("a/b/file")) {
      append(file, 100, 1);
      file.sync();
      disk.syncDirectory("a/b");
      append(file, 3 * Survival.SECTOR_BYTES, 2);
      Set<String> found = survivors(RecordingDiskTest::shape);
      assertThat(found).contains("12", "1", "102", "10", "1202", "120", "1020");
      assertThat(found).allMatch(shape -> shape.startsWith("1"), "the synced part first");
    }
  }

  @Test
  void anUnsyncedNameSurvivesOrDoesNot() throws IOException {
    disk.create("a/b/file").close();
    disk.syncDirectory("");
    assertThat(survivors(RecordingDiskTest::names)).containsExactly("a", "a a/b", "a a/b a/b/file");
  }

  @Test
  void syncingADirectoryMakesTheNamesAboveDurableToo() throws IOException {
    disk.create("a/b/file").close();
    disk.create("a/other").close();
    disk.syncDirectory("a/b");
    assertThat(survivors(RecordingDiskTest::names))
        .containsExactly("a a/b a/b/file", "a a/b a/b/file a/other");
  }

  @Test
  void anUnsyncedRenameIsFoundInEveryState() throws IOException {
    disk.create("old").close();
    disk.syncDirectory("");
    disk.rename("old", "new");
    assertThat(survivors(RecordingDiskTest::names)).containsExactly("", "new", "new old", "old");
    disk.syncDirectory("");
    assertThat(survivors(RecordingDiskTest::names)).containsExactly("new");
  }

  @Test
  void anUnsyncedDeleteMayComeBackWhole() throws IOException {
    try (Disk.AppendFile file = disk.create("file")) {
      append(file, 5, 1);
      file.sync();
    }
    disk.syncDirectory("");
    disk.delete("file");
    assertThat(survivors(left -> left.exists("file") ? ones(left, "file") : "gone"))
        .containsExactly("5 bytes", "gone");
  }

  @Test
  void afterTheCutNothingWorks() throws IOException {
    Disk.AppendFile file = disk.create("file");
    Disk.ReadFile reading = disk.open("file");
    timeline.cutIn(2);
    append(file, 1, 1);
    assertThatThrownBy(() -> append(file, 1, 1)).isInstanceOf(PowerCutException.class);
    assertThatThrownBy(file::sync).isInstanceOf(PowerCutException.class);
    assertThatThrownBy(reading::length).isInstanceOf(PowerCutException.class);
    assertThatThrownBy(() -> disk.create("x")).isInstanceOf(PowerCutException.class);
    assertThatThrownBy(() -> disk.open("file")).isInstanceOf(PowerCutException.class);
    assertThatThrownBy(() -> disk.rename("file", "x")).isInstanceOf(PowerCutException.class);
    assertThatThrownBy(() -> disk.delete("file")).isInstanceOf(PowerCutException.class);
    assertThatThrownBy(() -> disk.list("")).isInstanceOf(PowerCutException.class);
    assertThatThrownBy(() -> disk.exists("file")).isInstanceOf(PowerCutException.class);
    assertThatThrownBy(() -> disk.syncDirectory("")).isInstanceOf(PowerCutException.class);
    timeline.powerOn();
    assertThat(disk.exists("file")).isTrue();
  }

  private static void append(Disk.AppendFile file, int bytes, int value) throws IOException {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) value);
    file.append(content, 0, bytes);
  }

  private interface Look {
    String at(Disk disk) throws IOException;
  }

  /** What many cuts at this moment leave. */
  private Set<String> survivors(Look look) throws IOException {
    Set<String> found = new TreeSet<>();
    for (int i = 0; i < CUTS; i++) {
      found.add(look.at(((RecordingDisk) disk).survivor()));
    }
    return found;
  }

  private static String names(Disk disk) throws IOException {
    return names(disk, "").strip();
  }

  private static String names(Disk disk, String directory) throws IOException {
    StringBuilder names = new StringBuilder();
    for (String name : disk.list(directory)) {
      String whole = directory.isEmpty() ? name : directory + "/" + name;
      names.append(' ').append(whole);
      if (!name.equals("file") && !name.equals("other") && directory.length() < 2) {
        names.append(isDirectory(disk, whole) ? names(disk, whole) : "");
      }
    }
    return names.toString();
  }

  private static boolean isDirectory(Disk disk, String name) {
    try {
      disk.list(name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] content(Disk disk, String name) throws IOException {
    try (Disk.ReadFile file = disk.open(name)) {
      byte[] bytes = new byte[(int) file.length()];
      assertThat(file.read(0, bytes, 0, bytes.length)).isEqualTo(bytes.length);
      return bytes;
    }
  }

  private static String ones(Disk disk) throws IOException {
    return ones(disk, "a/b/file");
  }

  /** How many bytes at the front are ones. */
  private static String ones(Disk disk, String name) throws IOException {
    int count = 0;
    for (byte value : content(disk, name)) {
      count += value == 1 ? 1 : 0;
    }
    return count + " bytes";
  }

  /** The values in order, each run of one value as one digit. */
  private static String shape(Disk disk) throws IOException {
    StringBuilder shape = new StringBuilder();
    for (byte value : content(disk, "a/b/file")) {
      if (shape.isEmpty() || shape.charAt(shape.length() - 1) != '0' + value) {
        shape.append((char) ('0' + value));
      }
    }
    return shape.toString();
  }
}
