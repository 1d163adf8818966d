package io.aifs.server.vector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.file.Disk;
import io.aifs.server.file.FaultyDisk;
import io.aifs.server.file.MemoryDisk;
import io.aifs.vector.IndexDamagedException;
import io.aifs.vector.VectorFiles;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SealedVectorFilesTest {
  private static final DomainId DOMAIN = DomainId.fromBytes(range(0x10, 16));
  private static final DomainKeys KEYS =
      DomainKeys.of(DOMAIN, Map.of(1, range(0x40, 32)), range(0x60, 32));
  private static final String STORE = "000102030405060708090a0b0c0d0e0f";
  private static final String BUILD = HexFormat.of().formatHex(range(0xA0, 16));
  private static final String DIRECTORY = "vectors/7/words";
  private static final int FRAME = FrameLayout.FRAME_BYTES;

  private final MemoryDisk disk = new MemoryDisk();

  private static byte[] range(int from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static VectorFiles files(Disk disk, DomainKeys keys, IndexOwner owner) {
    RandomBytes random = RandomBytes.secure();
    return new SealedVectorFiles(
        disk, DIRECTORY, owner, keys, new ChunkCipher(random), random, RoomCheck.OPEN);
  }

  private VectorFiles files() {
    return files(disk, KEYS, new IndexOwner(STORE, 7, "words", BUILD));
  }

  private static void write(VectorFiles files, String name, byte[] content) throws IOException {
    int[] from = {0};
    files.write(
        name,
        content.length,
        (buffer, length) -> {
          System.arraycopy(content, from[0], buffer, 0, length);
          from[0] += length;
        });
  }

  private static byte[] read(VectorFiles files, String name) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    files.read(name, content::write);
    return content.toByteArray();
  }

  private byte[] atRest(String name) throws IOException {
    try (Disk.ReadFile file = disk.open(DIRECTORY + "/" + BUILD + "-" + name)) {
      byte[] bytes = new byte[(int) file.length()];
      assertThat(file.read(0, bytes, 0, bytes.length)).isEqualTo(bytes.length);
      return bytes;
    }
  }

  private void putAtRest(String name, byte[] bytes) throws IOException {
    String path = DIRECTORY + "/" + BUILD + "-" + name;
    disk.delete(path);
    try (Disk.AppendFile file = disk.create(path)) {
      file.append(bytes, 0, bytes.length);
    }
  }

  private void assertDamaged(String name, byte[] bytes) throws IOException {
    putAtRest(name, bytes);
    assertThatThrownBy(() -> read(files(), name)).isInstanceOf(IndexDamagedException.class);
  }

  @Test
  void filesOfAnyLengthReadAsWritten() throws IOException {
    SplittableRandom random = new SplittableRandom(SeededTest.seed());
    for (int length : new int[] {0, 1, 1_000, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME}) {
      byte[] content = SeededTest.bytes(random, length);
      write(files(), "_1.vec", content);
      assertThat(read(files(), "_1.vec")).isEqualTo(content);
      assertThat(files().sizeAtRest("_1.vec"))
          .isEqualTo(new FrameLayout(length).sizeAtRest())
          .isEqualTo(atRest("_1.vec").length);
    }
    assertThat(files().list()).containsExactly("_1.vec");
    files().delete("_1.vec");
    files().delete("_1.vec");
    assertThat(files().list()).isEmpty();
    assertThat(files().sizeAtRest("_1.vec")).isZero();
    assertThatThrownBy(() -> read(files(), "_1.vec")).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void goldenFilesOpen() throws IOException {
    for (String name : List.of("vector-file.sealed", "vector-empty.sealed")) {
      try (InputStream in = SealedVectorFilesTest.class.getResourceAsStream("/vector/" + name)) {
        putAtRest("_0.vec", in.readAllBytes());
      }
      assertThat(new String(read(files(), "_0.vec"), UTF_8))
          .isEqualTo(name.contains("empty") ? "" : "what was sealed once must open for ever\n");
    }
  }

  @Test
  void nothingRestsInClear() throws IOException {
    byte[] content = "a planted vector, over and over ".repeat(50_000).getBytes(UTF_8);
    write(files(), "_0.vec", content);
    assertThat(new String(atRest("_0.vec"), ISO_8859_1)).doesNotContain("planted", "vector,");
  }

  @Test
  void anyChangedBitAndAnyCutIsDamage() throws IOException {
    byte[] content = new byte[FRAME + 100];
    write(files(), "_0.vec", content);
    byte[] good = atRest("_0.vec");
    SeededTest.run(
        300,
        random -> {
          byte[] bad = good.clone();
          int at = random.nextInt(3) == 0 ? random.nextInt(120) : random.nextInt(bad.length);
          bad[at] ^= (byte) (1 << random.nextInt(8));
          assertDamaged("_0.vec", bad);
        });
    int secondFrame = (int) new FrameLayout(content.length).position(1);
    for (int cut : new int[] {0, 5, 31, 32, 40, secondFrame, good.length - 1}) {
      assertDamaged("_0.vec", Arrays.copyOf(good, cut));
    }
    assertDamaged("_0.vec", Arrays.copyOf(good, good.length + 1));
  }

  @Test
  void aFrameOpensOnlyWhereItWasSealed() throws IOException {
    byte[] content = new byte[3 * FRAME];
    write(files(), "_0.vec", content);
    byte[] good = atRest("_0.vec");
    FrameLayout layout = new FrameLayout(content.length);
    int first = (int) layout.position(0);
    int second = (int) layout.position(1);
    int third = (int) layout.position(2);

    byte[] swapped = good.clone();
    System.arraycopy(good, first, swapped, second, second - first);
    System.arraycopy(good, second, swapped, first, second - first);
    assertDamaged("_0.vec", swapped);

    byte[] shortened = Arrays.copyOf(good, third); // with a length that fits
    ByteBuffer.wrap(shortened).putLong(8, 2L * FRAME);
    assertDamaged("_0.vec", shortened);

    write(files(), "_0.vec", content); // the same again is another file
    byte[] again = atRest("_0.vec");
    byte[] mixed = again.clone();
    System.arraycopy(good, second, mixed, second, third - second);
    assertDamaged("_0.vec", mixed);
    assertDamaged("_1.vec", good);
  }

  @Test
  void aFileOfAnotherPlaceIsDamage() throws IOException {
    write(files(), "_0.vec", new byte[10]);
    byte[] good = atRest("_0.vec");
    String otherBuild = "0".repeat(32);
    for (IndexOwner other :
        List.of(
            new IndexOwner("5e".repeat(16), 7, "words", BUILD),
            new IndexOwner(STORE, 8, "words", BUILD),
            new IndexOwner(STORE, 7, "pages", BUILD),
            new IndexOwner(STORE, 7, "words", otherBuild))) {
      String path = DIRECTORY + "/" + other.build() + "-_0.vec";
      disk.delete(path);
      try (Disk.AppendFile file = disk.create(path)) {
        file.append(good, 0, good.length);
      }
      assertThatThrownBy(() -> read(files(disk, KEYS, other), "_0.vec"))
          .isInstanceOf(IndexDamagedException.class);
    }
    DomainKeys otherKeys = DomainKeys.of(DOMAIN, Map.of(1, range(0x41, 32)), range(0x60, 32));
    assertThatThrownBy(
            () -> read(files(disk, otherKeys, new IndexOwner(STORE, 7, "words", BUILD)), "_0.vec"))
        .isInstanceOf(IndexDamagedException.class);
  }

  @Test
  void aWriteThatFailsLeavesTheOldFile() throws IOException {
    FaultyDisk faulty = new FaultyDisk(disk);
    VectorFiles files = files(faulty, KEYS, new IndexOwner(STORE, 7, "words", BUILD));
    write(files, "_0.vec", new byte[] {1, 2, 3});
    List<FaultyDisk.Operation> operations =
        new ArrayList<>(
            List.of(
                FaultyDisk.Operation.CREATE,
                FaultyDisk.Operation.APPEND,
                FaultyDisk.Operation.SYNC,
                FaultyDisk.Operation.RENAME));
    for (FaultyDisk.Operation operation : operations) {
      faulty.fail(operation, 1);
      assertThatThrownBy(() -> write(files, "_0.vec", new byte[] {4}))
          .isInstanceOf(IOException.class);
      assertThat(read(files, "_0.vec")).containsExactly(1, 2, 3);
      assertThat(disk.list(DIRECTORY)).containsExactly(BUILD + "-_0.vec");
    }
  }
}
