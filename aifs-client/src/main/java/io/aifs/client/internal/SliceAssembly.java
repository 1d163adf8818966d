package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.proto.v1.ReadSliceRequest;
import io.aifs.proto.v1.ReadSliceResponse;
import io.aifs.proto.v1.SliceRange;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.layout.Layouts;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorFormat;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The Arrow stream of a slice, put together in one array that the tensor then looks into. Throws
 * {@link IllegalArgumentException} if it is not what was asked for or announced. Not thread-safe.
 */
final class SliceAssembly {
  /** What an Arrow stream of one tensor has besides the values, at most: names and shapes. */
  private static final int AROUND_BYTES_MAX = 1 << 20;

  private final TensorEntry announced;
  private final byte[] bytes;
  private int length;

  private SliceAssembly(TensorEntry announced, byte[] bytes) {
    this.announced = announced;
    this.bytes = bytes;
  }

  /**
   * Of what the first message announces.
   *
   * @throws AifsException.LimitExceeded if it does not fit one array
   */
  static SliceAssembly of(ReadSliceRequest request, ReadSliceResponse first) {
    if (!first.hasSlice()) {
      throw new IllegalArgumentException("the first message does not say what comes");
    }
    TensorEntry slice = TensorWire.entry(first.getSlice());
    requireAsked(request, slice);
    long bytes = slice.type().bytes();
    if (bytes > Integer.MAX_VALUE - 8 - AROUND_BYTES_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          "this part of tensor '%s' is %d bytes, which is more than one array holds"
              .formatted(slice.name(), bytes),
          "read it in smaller parts");
    }
    return new SliceAssembly(slice, new byte[(int) bytes + AROUND_BYTES_MAX]);
  }

  private static void requireAsked(ReadSliceRequest request, TensorEntry slice) {
    List<Long> kept =
        request.getRangesList().stream()
            .filter(range -> !range.getDrop())
            .map(SliceAssembly::length)
            .toList();
    List<Long> shape = slice.type().shape();
    boolean fits = shape.size() >= kept.size() && shape.subList(0, kept.size()).equals(kept);
    if (!fits || !slice.name().equals(request.getName())) {
      throw new IllegalArgumentException(
          "it is about shape %s of tensor '%s'".formatted(shape, slice.name()));
    }
  }

  private static long length(SliceRange range) {
    return range.getEnd() - range.getStart();
  }

  /** Adds the next bytes; returns how many there are. */
  int add(ByteString data) {
    if (data.size() > bytes.length - length) {
      throw new IllegalArgumentException(
          "it has more bytes than the %d announced".formatted(announced.type().bytes()));
    }
    data.copyTo(bytes, length);
    length += data.size();
    return length;
  }

  /** The tensor, once all bytes are there: a view of them. */
  Tensor tensor() {
    TensorEntry found = found();
    if (!found.type().equals(announced.type()) || !found.name().equals(announced.name())) {
      throw new IllegalArgumentException(
          "it is %s '%s', but %s '%s' was announced"
              .formatted(found.type(), found.name(), announced.type(), announced.name()));
    }
    ByteBuffer values = ByteBuffer.wrap(bytes, 0, length);
    values.position(Math.toIntExact(found.offset())).limit(Math.toIntExact(found.end()));
    return new Tensor(found.name(), found.type(), values);
  }

  private TensorEntry found() {
    try {
      TensorLayout layout =
          Layouts.read(new Received(bytes, length))
              .filter(tensors -> tensors.format() == TensorFormat.ARROW)
              .orElseThrow(() -> new IllegalArgumentException("it is no Arrow stream"));
      if (layout.tensors().size() != 1) {
        throw new IllegalArgumentException("it has " + layout.tensors().size() + " tensors");
      }
      return layout.tensors().getFirst();
    } catch (PayloadInvalidException | IOException e) {
      throw new IllegalArgumentException("it is not a good Arrow stream: " + e.getMessage(), e);
    }
  }

  /** The bytes that came. */
  @SuppressWarnings("ArrayRecordComponent") // a view, never compared
  private record Received(byte[] bytes, int length) implements ByteSource {
    @Override
    public long size() {
      return length;
    }

    @Override
    public byte[] read(long offset, int count) {
      ByteSource.requireInside(this, offset, count);
      return Arrays.copyOfRange(bytes, (int) offset, (int) offset + count);
    }
  }
}
