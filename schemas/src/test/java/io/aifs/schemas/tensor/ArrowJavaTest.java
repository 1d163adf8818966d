package io.aifs.schemas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write is read by another implementation, and the other way round. */
class ArrowJavaTest {
  @ParameterizedTest
  @EnumSource
  void filesAndStreamsAreReadByArrow(ElementType element) {
    SeededTest.run(
        20,
        random -> {
          Tensor tensor = TensorSamples.random(element, random);
          byte[] file = TensorSamples.file(tensor);
          byte[] stream = TensorSamples.stream(tensor);
          try (var allocator = new RootAllocator();
              var files =
                  new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(file), allocator);
              var streams = new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            assertThat(files.loadNextBatch()).isTrue();
            assertHolds(files.getVectorSchemaRoot(), tensor);
            assertThat(files.loadNextBatch()).isFalse();
            assertThat(streams.loadNextBatch()).isTrue();
            assertHolds(streams.getVectorSchemaRoot(), tensor);
            assertThat(streams.loadNextBatch()).isFalse();
          }
        });
  }

  private static void assertHolds(VectorSchemaRoot root, Tensor tensor) {
    assertThat(root.getRowCount()).isEqualTo(1);
    FieldVector column = Objects.requireNonNull(root.getVector(tensor.name()));
    assertThat(column.getField().getMetadata())
        .containsEntry("ARROW:extension:name", "arrow.fixed_shape_tensor")
        .containsKey("ARROW:extension:metadata");
    assertThat(column.getNullCount()).isZero();
    FieldVector values = ((FixedSizeListVector) column).getDataVector();
    assertThat((long) values.getValueCount()).isEqualTo(tensor.type().elements());
    byte[] bytes = new byte[(int) tensor.type().bytes()];
    if (bytes.length > 0) {
      values.getDataBuffer().getBytes(0, bytes);
    }
    assertThat(bytes).isEqualTo(TensorSamples.bytes(tensor.values()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void filesAndStreamsOfArrowAreRead(boolean stream) throws Exception {
    for (int rows : new int[] {0, 1, 3}) {
      byte[] content = written(stream, List.of(rows), false);

      Tensor tensor = TensorCodec.decode(ByteSource.of(content));

      assertThat(tensor.name()).isEqualTo("w");
      assertThat(tensor.type())
          .isEqualTo(
              new TensorType(
                  ElementType.FLOAT32,
                  rows == 1 ? List.of(2L, 3L) : List.of((long) rows, 2L, 3L),
                  rows == 1 ? List.of("x", "y") : List.of("", "x", "y")));
      assertThat(TensorSamples.bytes(tensor.values())).isEqualTo(floats(rows * 6));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void recordBatchesAreReadTogether(boolean stream) throws Exception {
    byte[] content = written(stream, List.of(2, 0, 1, 4), false);

    Tensor tensor = TensorCodec.decode(ByteSource.of(content));

    assertThat(tensor.type().shape()).containsExactly(7L, 2L, 3L);
    assertThat(TensorSamples.bytes(tensor.values())).isEqualTo(floats(7 * 6));
    TensorValidator.validate(ByteSource.of(content));
  }

  @Test
  void nullsAreRefused() throws Exception {
    byte[] content = written(false, List.of(3), true);

    assertThatThrownBy(() -> TensorValidator.validate(ByteSource.of(content)))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessageContaining("has 1 nulls; a tensor has none");
  }

  private static byte[] floats(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat(i / 8f);
    }
    return bytes.array();
  }

  /** Rows of 2 by 3 floats, counted through all batches. */
  static byte[] written(boolean stream, List<Integer> batches, boolean withNull) throws Exception {
    var child =
        new Field(
            "item",
            FieldType.nullable(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)),
            List.of());
    var field =
        new Field(
            "w",
            new FieldType(
                true,
                new ArrowType.FixedSizeList(6),
                null,
                Map.of(
                    "ARROW:extension:name",
                    "arrow.fixed_shape_tensor",
                    "ARROW:extension:metadata",
                    "{\"shape\":[2,3],\"dim_names\":[\"x\",\"y\"],\"permutation\":null}")),
            List.of(child));
    var out = new ByteArrayOutputStream();
    try (var allocator = new RootAllocator();
        VectorSchemaRoot root =
            VectorSchemaRoot.create(new Schema(List.of(field), Map.of("a", "b")), allocator);
        ArrowWriter writer =
            stream
                ? new ArrowStreamWriter(root, null, Channels.newChannel(out))
                : new ArrowFileWriter(root, null, Channels.newChannel(out), Map.of("c", "d"))) {
      writer.start();
      int next = 0;
      for (int rows : batches) {
        var lists = (FixedSizeListVector) root.getVector("w");
        lists.allocateNew();
        var values = (Float4Vector) lists.getDataVector();
        for (int row = 0; row < rows; row++) {
          if (!withNull || row != 1) {
            var _ = lists.startNewValue(row);
          }
          for (int i = 0; i < 6; i++) {
            values.setSafe(row * 6 + i, next++ / 8f);
          }
        }
        lists.setValueCount(rows);
        root.setRowCount(rows);
        writer.writeBatch();
      }
      writer.end();
    }
    return out.toByteArray();
  }
}
