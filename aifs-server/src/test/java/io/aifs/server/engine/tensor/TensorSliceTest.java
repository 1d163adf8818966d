package io.aifs.server.engine.tensor;

import static io.aifs.server.engine.tensor.TensorsInMemory.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import io.aifs.server.engine.ContentReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TensorSliceTest {
  private static final int MIB = 1 << 20;

  private final SplittableRandom random = new SplittableRandom(11);
  private final TensorsInMemory memory = new TensorsInMemory();

  private TensorSlice open(Digest asset, SliceRange... ranges) {
    return memory.service().slice(NAMESPACE, asset, "t", List.of(ranges));
  }

  private static Tensor read(TensorSlice slice) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    slice.read(stream::write);
    try {
      return TensorCodec.decode(ByteSource.of(stream.toByteArray()));
    } catch (PayloadInvalidException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[tensor.values().remaining()];
    tensor.values().duplicate().get(bytes);
    return bytes;
  }

  private static SliceRange range(long start, long end) {
    return new SliceRange(start, end, true);
  }

  private static SliceRange at(long place) {
    return new SliceRange(place, place + 1, false);
  }

  private static SafetensorsFile file(TensorType type, byte[] values) {
    return new SafetensorsFile()
        .with("before", 1f, 2f, 3f)
        .with("t", type, values)
        .with("after", new TensorType(ElementType.INT8, List.of(3L)), new byte[3]);
  }

  @Test
  void randomSlicesAreWhatASliceInMemoryIs() {
    SeededTest.run(
        150,
        cases -> {
          ElementType element =
              List.of(ElementType.values()).get(cases.nextInt(ElementType.values().length));
          List<Long> shape = new ArrayList<>();
          for (int i = cases.nextInt(5); i > 0; i--) {
            shape.add((long) cases.nextInt(13));
          }
          TensorType type = new TensorType(element, shape);
          byte[] values = SeededTest.bytes(cases, (int) type.bytes());
          int chunk = cases.nextInt(1, 3_000);
          Digest asset = memory.put(file(type, values).bytes(), _ -> chunk);
          SliceRange[] ranges = ranges(cases, shape);

          TensorSlice slice = open(asset, ranges);
          Tensor found = read(slice);

          assertThat(bytes(found)).isEqualTo(expected(type, values, ranges));
          assertThat(found.type()).isEqualTo(slice.part().type());
          assertThat(found.type().shape()).isEqualTo(shape(type, ranges));
          assertThat(found.name()).isEqualTo("t");
        });
  }

  private static SliceRange[] ranges(SplittableRandom random, List<Long> shape) {
    SliceRange[] ranges = new SliceRange[random.nextInt(shape.size() + 1)];
    for (int i = 0; i < ranges.length; i++) {
      long length = shape.get(i);
      long start = random.nextLong(length + 1);
      ranges[i] =
          start < length && random.nextInt(3) == 0
              ? at(start)
              : range(start, start + random.nextLong(length - start + 1));
    }
    return ranges;
  }

  private static List<Long> shape(TensorType type, SliceRange... ranges) {
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < type.shape().size(); i++) {
      if (i >= ranges.length) {
        shape.add(type.shape().get(i));
      } else if (ranges[i].keep()) {
        shape.add(ranges[i].length());
      }
    }
    return shape;
  }

  /** Value by value: each is in the part if it is in the range of each dimension. */
  private static byte[] expected(TensorType type, byte[] values, SliceRange... ranges) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    int width = type.element().bytes();
    for (int value = 0; value < type.elements(); value++) {
      long rest = value;
      boolean inside = true;
      for (int i = type.shape().size() - 1; i >= 0; i--) {
        long place = rest % type.shape().get(i);
        rest /= type.shape().get(i);
        inside &= i >= ranges.length || (place >= ranges[i].start() && place < ranges[i].end());
      }
      if (inside) {
        part.write(values, value * width, width);
      }
    }
    return part.toByteArray();
  }

  /** Of a tensor whose rows are of a page, and of one of few long rows. */
  @Test
  void aHundredthOfATensorReadsAtMostAFiftiethOfItsBytes() throws IOException {
    for (List<Long> shape : List.of(List.of(4_096L, 1_024L), List.of(4L, 256L, 4_096L))) {
      TensorType type = new TensorType(ElementType.FLOAT32, shape);
      byte[] values = SeededTest.bytes(random, (int) type.bytes());
      Digest asset = memory.put(file(type, values));
      var _ = memory.service().describe(NAMESPACE, asset);
      for (int i = 0; i < 20; i++) {
        SliceRange[] ranges =
            shape.size() == 2
                ? new SliceRange[] {hundredth(4_096, 41)}
                : new SliceRange[] {at(random.nextInt(4)), hundredth(256, 10)};
        memory.chunks().forgetReads();
        byte[] found = bytes(read(open(asset, ranges)));
        assertThat(found.length).isBetween((int) (type.bytes() / 110), (int) (type.bytes() / 90));
        assertThat(memory.chunks().bytes()).isLessThanOrEqualTo(type.bytes() / 50);
        assertThat(memory.chunks().reads().values()).allMatch(times -> times == 1);
      }
    }
  }

  private SliceRange hundredth(int length, int part) {
    int start = random.nextInt(length - part);
    return range(start, start + part);
  }

  @Test
  void aChunkThatHoldsManyRunsIsReadOnce() throws IOException {
    TensorType type = new TensorType(ElementType.INT16, List.of(30_000L, 10L));
    byte[] values = SeededTest.bytes(random, (int) type.bytes());
    Digest asset = memory.put(file(type, values));
    var _ = memory.service().describe(NAMESPACE, asset);
    memory.chunks().forgetReads();
    SliceRange[] column = {range(0, 30_000), at(3)};

    assertThat(bytes(read(open(asset, column)))).isEqualTo(expected(type, values, column));
    assertThat(memory.chunks().reads().values()).allMatch(times -> times == 1);
  }

  @Test
  void rangesOutsideAreRefusedWithTheDimensionAndItsLength() {
    TensorType type = new TensorType(ElementType.INT16, List.of(3L, 5L));
    Digest asset = memory.put(file(type, new byte[30]));

    assertRefused(() -> open(asset, range(0, 3), range(2, 6)), "ranges[1]")
        .hasMessageContaining("2:6")
        .hasMessageContaining("dimension 1, whose length is 5");
    assertRefused(() -> open(asset, at(3)), "ranges[0]").hasMessageContaining("3:4");
    assertRefused(() -> open(asset, range(0, 1), range(0, 1), range(0, 1)), "ranges")
        .hasMessageContaining("3 ranges")
        .hasMessageContaining("2 dimensions");
    assertThatThrownBy(() -> memory.service().slice(NAMESPACE, asset, "none", List.of()))
        .isInstanceOfSatisfying(
            AifsException.NotFound.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.TENSOR_NOT_FOUND));
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call, String field) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AifsException.InvalidRequest.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void aPartOfMoreValuesThanAListOfArrowHoldsIsManyRowsAndANameItCannotHoldIsRefused() {
    ContentReader any = memory.chunks().asset(new byte[1], _ -> 1);
    TensorType type = new TensorType(ElementType.INT8, List.of(2L, 1L << 31));

    assertThat(
            TensorSlice.of(any, new TensorEntry("t", type, 0), List.of()).part().type().elements())
        .isEqualTo(1L << 32);
    TensorEntry longName = new TensorEntry("t".repeat(5 * MIB), type, 0);
    assertThatThrownBy(() -> TensorSlice.of(any, longName, List.of()))
        .isInstanceOfSatisfying(
            AifsException.LimitExceeded.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
  }

  @Test
  void thePartSaysWhereItsFirstValueIs() {
    TensorType type = new TensorType(ElementType.INT32, List.of(4L, 5L));
    SafetensorsFile file = file(type, new byte[80]);
    Digest asset = memory.put(file);
    long start = file.offset("t");

    assertThat(open(asset).part().offset()).isEqualTo(start);
    assertThat(open(asset, at(2), at(3)).part().offset()).isEqualTo(start + (2 * 5 + 3) * 4);
    assertThat(open(asset, range(1, 3), range(2, 2)).part().type().shape()).containsExactly(2L, 0L);
  }

  @Test
  void aReaderThatStopsLeavesMostOfALongSliceUnread() {
    TensorType type = new TensorType(ElementType.INT8, List.of(16L * MIB));
    Digest asset = memory.put(file(type, SeededTest.bytes(random, 16 * MIB)));
    TensorSlice slice = open(asset, range(5, 16 * MIB - 5));
    long[] taken = {0};

    assertThatThrownBy(
            () ->
                slice.read(
                    (_, _, length) -> {
                      taken[0] += length;
                      if (taken[0] > MIB) {
                        throw new IOException("enough");
                      }
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("enough");
    assertThat(memory.chunks().bytes()).isLessThan(5 * MIB);
  }

  @Test
  void aDamagedChunkIsNamedAndNothingOfItIsGiven() {
    TensorType type = new TensorType(ElementType.INT8, List.of(300_000L));
    byte[] values = SeededTest.bytes(random, 300_000);
    Digest asset = memory.put(file(type, values));
    TensorSlice slice = open(asset, range(70_000, 71_000));
    Digest second = Digest.of(Arrays.copyOfRange(values, 64 << 10, 128 << 10));
    memory.chunks().damage(second);

    assertThatThrownBy(() -> slice.read((_, _, length) -> assertThat(length).isPositive()))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining(second.hex());
  }
}
