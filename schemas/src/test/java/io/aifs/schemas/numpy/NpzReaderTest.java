package io.aifs.schemas.numpy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** The files in the resources were written by NumPy 2.4.6. */
class NpzReaderTest {
  @Test
  void filesOfNumpyAreRead() throws Exception {
    byte[] plain = resource("plain.npy");
    byte[] fortran = resource("fortran.npy");
    var type = new TensorType(ElementType.FLOAT32, List.of(2L, 3L));

    assertThat(NpyHeader.read(ByteSource.of(plain))).isEqualTo(new NpyHeader(128, type, false));
    assertThat(NpyHeader.read(ByteSource.of(fortran))).isEqualTo(new NpyHeader(128, type, true));
    assertThat(Arrays.copyOf(plain, 128)).isEqualTo(NpyHeader.write(type));
    ByteBuffer values = ByteBuffer.wrap(plain, 128, 24).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(values.getFloat(128 + 4 * 5)).isEqualTo(5 / 8f);
  }

  @Test
  void arraysOfNpzAreReadOneAfterTheOther() throws Exception {
    Map<String, TensorType> stored = new LinkedHashMap<>();
    try (var reader = new NpzReader(ByteSource.of(resource("stored.npz")), 1_000)) {
      for (Optional<NpzReader.Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
        NpzReader.Entry entry = next.get();
        stored.put(entry.name(), entry.header().type());
        if (entry.name().equals("bias")) {
          assertThat(entry.values().readAllBytes()).containsExactly(1, 0);
        }
      }
    }

    assertThat(stored)
        .containsExactly(
            Map.entry("weight", new TensorType(ElementType.FLOAT32, List.of(2L, 3L))),
            Map.entry("bias", new TensorType(ElementType.BOOL, List.of(2L))),
            Map.entry("deep/name", new TensorType(ElementType.UINT64, List.of())));
  }

  @Test
  void deflatedArraysAreInflated() throws Exception {
    try (var reader = new NpzReader(ByteSource.of(resource("deflated.npz")), 100_000)) {
      NpzReader.Entry weight = reader.next().orElseThrow();
      assertThat(weight.values().readAllBytes()).isEqualTo(new byte[80_000]);
      NpzReader.Entry index = reader.next().orElseThrow();
      assertThat(index.values().readAllBytes()).containsExactly(0, 0, 1, 0, 2, 0);
      assertThatThrownBy(() -> weight.values().read()).isInstanceOf(IOException.class);
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void valuesBeyondTheBoundAreRefusedBeforeTheyAreRead() throws Exception {
    assertRefused(
        resource("deflated.npz"),
        79_999,
        "entry 'weight.npy': claims 80000 bytes of values, where 79999 are left to all");
  }

  @Test
  void arraysOfAnotherLengthThanTheirHeaderSaysAreRefused() throws Exception {
    byte[] head = NpyHeader.write(new TensorType(ElementType.UINT8, List.of(8L)));

    assertRefused(
        zip("a.npy", Arrays.copyOf(head, head.length + 9)),
        100,
        "entry 'a.npy': has more bytes than its header says");
    assertRefused(
        zip("a.npy", Arrays.copyOf(head, head.length + 7)),
        100,
        "entry 'a.npy': ends 1 bytes early");
    assertRefused(
        zip("a.npy", Arrays.copyOf(head, 7)), 100, "entry 'a.npy': byte 0: is no npy file");
    assertRefused(zip("a.txt", head), 100, "entry 'a.txt': is no array, which are named *.npy");
  }

  @Test
  void truncatedFilesAreRefused() throws Exception {
    byte[] file = resource("stored.npz");

    for (int length = 0; length < file.length; length++) {
      assertRefused(Arrays.copyOf(file, length), 1_000, "");
    }
    assertRefused("no ZIP at all".getBytes(UTF_8), 1_000, "end of the ZIP: is missing");
  }

  private static void assertRefused(byte[] file, long bytesMax, String message) {
    assertThatThrownBy(() -> readAll(file, bytesMax))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessageContaining(message);
  }

  static int readAll(byte[] file, long bytesMax) throws PayloadInvalidException, IOException {
    try (var reader = new NpzReader(ByteSource.of(file), bytesMax)) {
      int arrays = 0;
      while (reader.next().isPresent()) {
        arrays++;
      }
      return arrays;
    }
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return out.toByteArray();
  }

  static byte[] resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(NpzReaderTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
