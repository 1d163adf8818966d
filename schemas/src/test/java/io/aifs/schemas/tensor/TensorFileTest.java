package io.aifs.schemas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** What is wrong with Arrow files that hold no tensor, or not all of it, is said. */
class TensorFileTest {
  private static final ArrowType FLOAT = new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
  private static final String SHAPE = "{\"shape\":[2,3]}";
  private static final TensorType TYPE = new TensorType(ElementType.FLOAT32, List.of(3L, 5L));

  /** Bytes and count of the values, as the file says them. */
  private static final long VALUES_BYTES = 60;

  private static final long VALUES = 15;
  private static final long BODY_BYTES = 64;

  @Test
  void columnsOfTwoAreRefused() throws Exception {
    Field column = column(6, FLOAT, "", SHAPE);

    assertRefused(written(column, column), "schema: has 2 columns; a tensor is just one");
    assertRefused(written(), "schema: has 0 columns; a tensor is just one");
  }

  @Test
  void columnsOfOtherTypesAreRefused() throws Exception {
    assertRefused(written(Field.nullable("w", FLOAT)), "column: is no FixedSizeList");
    assertRefused(
        written(column(6, new ArrowType.Bool(), "", SHAPE)),
        "column: its values are bits; write booleans as bytes, arrow.bool8");
    assertRefused(
        written(column(6, new ArrowType.Utf8(), "", SHAPE)),
        "column: its values are of type Utf8, which is no type of tensors");
    assertRefused(
        written(column(6, new ArrowType.FixedSizeBinary(2), "", SHAPE)),
        "column: its values are of type FixedSizeBinary of 2, which is no type of tensors");
    assertRefused(
        written(column(6, new ArrowType.FixedSizeBinary(3), "aifs.bfloat16", SHAPE)),
        "FixedSizeBinary of 3, extension aifs.bfloat16, which is no type of tensors");
  }

  @Test
  void valuesOfUnknownExtensionsAreWhatTheyAreStoredAs() throws Exception {
    byte[] file = written(column(6, FLOAT, "their.own", SHAPE));

    assertThat(TensorFile.open(ByteSource.of(file)).type().element())
        .isEqualTo(ElementType.FLOAT32);
  }

  @Test
  void dictionariesAreRefused() throws Exception {
    var encoding = new DictionaryEncoding(1, false, new ArrowType.Int(32, true));
    var field =
        new Field("w", new FieldType(true, new ArrowType.Int(32, true), encoding), List.of());

    assertThatThrownBy(() -> TensorValidator.validate(ByteSource.of(written(field))))
        .hasMessageContaining("dictionar");
  }

  @Test
  void metadataOfOtherShapesAreRefused() throws Exception {
    assertRefused(
        written(column(7, FLOAT, "", SHAPE)), "column: has lists of 7 values for the shape [2, 3]");
    assertShapeRefused("", "shape of the column: is no JSON object");
    assertShapeRefused("{}", "has no shape");
    assertShapeRefused("{\"shape\":[2,3]", "is not JSON");
    assertShapeRefused("{\"shape\":[2,3]} x", "is not JSON");
    assertShapeRefused("{\"shape\":[2,3],\"shape\":[2,3]}", "Duplicate");
    assertShapeRefused("{\"shape\":[-2,3]}", "shape has a negative number: -2");
    assertShapeRefused("{\"shape\":[2.5]}", "shape has what is no whole number");
    assertShapeRefused(
        "{\"shape\":[4294967296,4294967296]}", "the shape is of over 2^63 - 1 bytes");
    assertShapeRefused(
        "{\"shape\":[2,3],\"dim_names\":[\"a\"]}", "has 1 dim_names for 2 dimensions");
    assertShapeRefused(
        "{\"shape\":[2,3],\"permutation\":[1,1]}", "permutation is none of 2 dimensions");
    assertShapeRefused(
        "{\"shape\":[2,3],\"permutation\":[0]}", "permutation is none of 2 dimensions");
  }

  private static void assertShapeRefused(String json, String message) throws Exception {
    assertRefused(written(column(6, FLOAT, "", json)), message);
  }

  @Test
  void lyingLengthsAreRefused() throws Exception {
    byte[] file = file();
    int head = TensorCodec.fileHead("w", TYPE).length;

    assertRefused(
        patched(file, head, VALUES_BYTES, 68),
        "buffer 2 of 68 bytes at 0 is not inside the body of 64");
    assertRefused(patched(file, head, VALUES_BYTES, -1), "buffer 2 of -1 bytes at 0 is not inside");
    assertRefused(
        patched(file, head, VALUES_BYTES, 59), "buffer 2 is of 59 bytes, but 60 are needed");
    assertRefused(patched(file, head, VALUES, 14), "node 1 is of 14 values, but 1 rows need 15");
    assertRefused(
        patched(file, head, BODY_BYTES, Long.MAX_VALUE), "claims a body of 9223372036854775807");
    assertRefused(patched(file, head, BODY_BYTES, -64), "claims a body of -64 bytes");
    assertRefused(
        patched(file, file.length, BODY_BYTES, 56),
        "footer, block 0: is of 56 bytes, but the message says 64");
    assertRefused(patched(file, file.length, BODY_BYTES, Long.MAX_VALUE), "footer, block 0: of");
  }

  @Test
  void lyingFootersAreRefused() throws Exception {
    byte[] file = file();
    ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);

    assertRefused(bytes.putInt(file.length - 10, 0).array(), "footer: claims 0 bytes");
    assertRefused(bytes.putInt(file.length - 10, -1).array(), "footer: claims 4294967295 bytes");
    assertRefused(
        bytes.putInt(file.length - 10, file.length).array(), "footer: claims " + file.length);
    assertRefused(
        Arrays.copyOf(file, file.length - 1), "footer: is missing: the file does not end");
    assertRefused(Arrays.copyOf(file, 10), "footer: is missing: the file is cut off");
    assertRefused(new byte[20], "byte 0: begins neither as an Arrow file");
    assertRefused(new byte[0], "byte 0: begins neither as an Arrow file");
  }

  @Test
  void lyingStreamsAreRefused() throws Exception {
    byte[] stream = TensorSamples.stream(new Tensor("w", TYPE, ByteBuffer.allocate(60)));
    ByteBuffer bytes = ByteBuffer.wrap(stream.clone()).order(ByteOrder.LITTLE_ENDIAN);

    assertRefused(
        bytes.putInt(4, Integer.MAX_VALUE).array(),
        "message at byte 0: claims 2147483647 bytes of metadata; at most 4194304 are allowed");
    assertRefused(
        bytes.putInt(4, 1 << 20).array(),
        "message at byte 0: claims 1048576 bytes of metadata, more than follow");
    assertRefused(bytes.putInt(4, 0).array(), "byte 0: has no schema");
    assertRefused(
        Arrays.copyOf(stream, stream.length + 9), "the stream ends here, but more bytes follow");
  }

  @Test
  void offsetsThatLeadOutsideAreRefusedWhereverTheyAre() throws Exception {
    byte[] file = file();
    for (int at = 8; at + 4 <= file.length; at += 4) {
      for (int value : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0x00ffffff}) {
        byte[] changed = file.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        try {
          TensorValidator.validate(ByteSource.of(changed));
        } catch (PayloadInvalidException e) {
          assertThat(e).hasMessageContaining(e.place());
        }
      }
    }
  }

  private static byte[] file() throws Exception {
    return TensorSamples.file(new Tensor("w", TYPE, ByteBuffer.allocate(60)));
  }

  /** Changes the last number before a place that has this value. */
  private static byte[] patched(byte[] file, int before, long old, long with) {
    ByteBuffer bytes = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int at = before - Long.BYTES;
    while (bytes.getLong(at) != old) {
      at--;
    }
    return bytes.putLong(at, with).array();
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> TensorValidator.validate(ByteSource.of(file)))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessageContaining(message);
  }

  private static Field column(int listSize, ArrowType values, String extension, String json) {
    Map<String, String> ofValues =
        extension.isEmpty() ? Map.of() : Map.of("ARROW:extension:name", extension);
    var child = new Field("item", new FieldType(true, values, null, ofValues), List.of());
    Map<String, String> ofColumn =
        Map.of(
            "ARROW:extension:name", "arrow.fixed_shape_tensor", "ARROW:extension:metadata", json);
    var type = new FieldType(true, new ArrowType.FixedSizeList(listSize), null, ofColumn);
    return new Field("w", type, List.of(child));
  }

  /** A file by Arrow's own writer, of no rows. */
  private static byte[] written(Field... fields) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(fields)), allocator);
        var writer = new ArrowFileWriter(root, null, Channels.newChannel(out))) {
      writer.start();
      writer.end();
    }
    return out.toByteArray();
  }
}
