package io.aifs.schemas.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.chunk.NumberRegion;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayoutsTest {
  private static final String LARGE_AND_SMALL =
      """
      {"small":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
       "large":{"dtype":"BF16","shape":[64,128],"data_offsets":[8,16392]}}""";

  @Test
  void tensorsOfSafetensorsAreFound() throws Exception {
    byte[] file = safetensors(LARGE_AND_SMALL, 16_392);
    int data = file.length - 16_392;

    TensorLayout layout = Layouts.read(ByteSource.of(file)).orElseThrow();

    assertThat(layout)
        .isEqualTo(
            new TensorLayout(
                TensorFormat.SAFETENSORS,
                Map.of(),
                List.of(
                    new TensorEntry(
                        "small", new TensorType(ElementType.FLOAT32, List.of(2L)), data),
                    new TensorEntry(
                        "large",
                        new TensorType(ElementType.BFLOAT16, List.of(64L, 128L)),
                        data + 8))));
    assertThat(layout.byName()).containsOnlyKeys("small", "large");
    assertThat(layout.find("large")).contains(layout.tensors().getLast());
    assertRegions(file, data, new NumberRegion("large", data + 8, 16_384, 2));
  }

  @Test
  void arrayOfNpyIsFound() throws Exception {
    var type = new TensorType(ElementType.FLOAT64, List.of(64L, 64L));
    byte[] head = NpyHeader.write(type);
    byte[] file = Arrays.copyOf(head, head.length + (int) type.bytes());

    TensorLayout layout = Layouts.read(ByteSource.of(file)).orElseThrow();

    assertThat(layout.tensors()).containsExactly(new TensorEntry("", type, head.length));
    assertRegions(file, head.length, new NumberRegion("", head.length, type.bytes(), 8));
  }

  @Test
  void tensorOfArrowIsFound() throws Exception {
    var type = new TensorType(ElementType.FLOAT16, List.of(64L, 256L), List.of("in", "out"));
    var tensor = new Tensor("w", type, ByteBuffer.allocate((int) type.bytes()));
    var file = new ByteArrayOutputStream();
    TensorCodec.encode(tensor, file);
    int head = TensorCodec.fileHead("w", type).length;

    TensorLayout layout = Layouts.read(ByteSource.of(file.toByteArray())).orElseThrow();

    assertThat(layout)
        .isEqualTo(
            new TensorLayout(
                TensorFormat.ARROW, Map.of(), List.of(new TensorEntry("w", type, head))));
    assertRegions(file.toByteArray(), head, new NumberRegion("w", head, type.bytes(), 2));
  }

  @Test
  void tensorOfAnArrowStreamIsFound() throws Exception {
    var type = new TensorType(ElementType.INT64, List.of(4_096L));
    byte[] head = TensorCodec.streamHead("w", type);
    byte[] tail = TensorCodec.streamTail("w", type);
    byte[] stream = Arrays.copyOf(head, head.length + (int) type.bytes() + tail.length);
    System.arraycopy(tail, 0, stream, stream.length - tail.length, tail.length);

    TensorLayout layout = Layouts.read(ByteSource.of(stream)).orElseThrow();

    assertThat(layout.tensors()).containsExactly(new TensorEntry("w", type, head.length));
    assertRegions(stream, head.length, new NumberRegion("w", head.length, type.bytes(), 8));
  }

  @Test
  void arrayInFortranOrderIsNoTensorWhereItLies() {
    byte[] file = fortran(NpyHeader.write(new TensorType(ElementType.UINT8, List.of(2L, 0L, 2L))));

    assertThatThrownBy(() -> Layouts.read(ByteSource.of(file)))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessageContaining("numpy.ascontiguousarray");
  }

  @Test
  void whatBeginsOtherwiseHasNoTensors() throws Exception {
    for (byte[] file :
        List.of(
            new byte[0],
            "{\"json\": {\"a\": 1}}".getBytes(UTF_8),
            "\\section{What begins as a header of safetensors}".getBytes(UTF_8),
            new byte[100])) {
      assertThat(Layouts.read(ByteSource.of(file))).isEmpty();
      assertThat(Layouts.REGIONS.find(file, file.length, true)).contains(List.of());
    }
  }

  @Test
  void safetensorsHeaderBeyondTheHeadHasNoRegions() {
    byte[] file = safetensors("{" + " ".repeat(RegionFinder.HEAD_BYTES_MAX), 0);

    assertThat(Layouts.REGIONS.find(file, 16, false)).contains(List.of());
    assertThat(Layouts.REGIONS.find(file, RegionFinder.HEAD_BYTES_MAX, true)).contains(List.of());
  }

  @Test
  void brokenHeadersHaveNoRegions() {
    byte[] file = safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[4096]}}", 16_384);

    assertThat(Layouts.REGIONS.find(file, file.length, true)).contains(List.of());
  }

  /** Regions are the same however much of the content is at hand, from when they can be told. */
  private static void assertRegions(byte[] file, int headBytes, NumberRegion... regions) {
    for (int length = 0; length < file.length; length += 7) {
      Optional<List<NumberRegion>> found = Layouts.REGIONS.find(file, length, false);
      if (length >= Math.max(headBytes, 16)) {
        assertThat(found).contains(List.of(regions));
      } else {
        assertThat(found).isEmpty();
        assertThat(Layouts.REGIONS.find(file, length, true)).contains(List.of());
      }
    }
  }

  private static byte[] fortran(byte[] npy) {
    byte[] file = npy.clone();
    byte[] no = "False".getBytes(UTF_8);
    for (int i = 0; i < file.length - no.length; i++) {
      if (Arrays.equals(file, i, i + no.length, no, 0, no.length)) {
        System.arraycopy("True ".getBytes(UTF_8), 0, file, i, no.length);
      }
    }
    return file;
  }

  static byte[] safetensors(String json, int dataBytes) {
    byte[] text = json.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }
}
