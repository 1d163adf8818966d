package io.aifs.client.internal;

import io.aifs.client.ReadTarget;
import io.aifs.client.Tensors.Described;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.DescribeTensorsResponse;
import io.aifs.proto.v1.TensorInfo;
import io.aifs.proto.v1.TensorStatisticsResponse;
import io.aifs.proto.v1.TensorTarget;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorFormat;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorDifference.Change;
import io.aifs.schemas.tensor.TensorDifference.Kind;
import io.aifs.schemas.tensor.TensorStatistics;
import io.aifs.schemas.tensor.TensorType;
import java.util.Optional;

/**
 * Messages about tensors as records and the other way round. Throws {@link
 * IllegalArgumentException} on an answer that breaks the contract of the wire.
 */
final class TensorWire {
  static TensorTarget target(ReadTarget target) {
    TensorTarget.Builder message = TensorTarget.newBuilder();
    switch (target) {
      case ReadTarget.ById(var id) -> message.setAssetId(id.hex());
      case ReadTarget.Found(var ref, var path, var id) ->
          message.setAssetId(id.hex()).setRef(ref.toString()).setFoundPath(path.value());
      case ReadTarget.ByPath(var ref, var path) ->
          message.setPath(path.value()).setRef(ref.toString());
    }
    return message.build();
  }

  static io.aifs.proto.v1.SliceRange range(SliceRange range) {
    return io.aifs.proto.v1.SliceRange.newBuilder()
        .setStart(range.start())
        .setEnd(range.end())
        .setDrop(!range.keep())
        .build();
  }

  static Described described(DescribeTensorsResponse response) {
    return new Described(
        Digest.parse(response.getAssetId()),
        new TensorLayout(
            format(response.getFormat()),
            response.getMetadataMap(),
            response.getTensorsList().stream().map(TensorWire::entry).toList()));
  }

  private static TensorFormat format(io.aifs.proto.v1.TensorFormat format) {
    return switch (format) {
      case ARROW -> TensorFormat.ARROW;
      case SAFETENSORS -> TensorFormat.SAFETENSORS;
      case NPY -> TensorFormat.NPY;
      case TENSOR_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the format of the tensors is unknown: " + format);
    };
  }

  static TensorEntry entry(TensorInfo info) {
    TensorType type = type(info);
    if (type.bytes() != info.getBytes()) {
      throw new IllegalArgumentException(
          "tensor '%s' has %d bytes, but its type has %d"
              .formatted(info.getName(), info.getBytes(), type.bytes()));
    }
    return new TensorEntry(info.getName(), type, info.getOffset());
  }

  private static TensorType type(TensorInfo info) {
    return new TensorType(
        element(info.getElement()), info.getShapeList(), info.getDimensionNamesList());
  }

  private static ElementType element(io.aifs.proto.v1.ElementType element) {
    return switch (element) {
      case BOOL -> ElementType.BOOL;
      case INT8 -> ElementType.INT8;
      case UINT8 -> ElementType.UINT8;
      case INT16 -> ElementType.INT16;
      case UINT16 -> ElementType.UINT16;
      case INT32 -> ElementType.INT32;
      case UINT32 -> ElementType.UINT32;
      case INT64 -> ElementType.INT64;
      case UINT64 -> ElementType.UINT64;
      case FLOAT16 -> ElementType.FLOAT16;
      case BFLOAT16 -> ElementType.BFLOAT16;
      case FLOAT32 -> ElementType.FLOAT32;
      case FLOAT64 -> ElementType.FLOAT64;
      case FLOAT8_E4M3 -> ElementType.FLOAT8_E4M3;
      case FLOAT8_E5M2 -> ElementType.FLOAT8_E5M2;
      case ELEMENT_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the type of the values is unknown: " + element);
    };
  }

  static TensorStatistics statistics(TensorStatisticsResponse response) {
    return new TensorStatistics(
        response.getCount(),
        response.getNans(),
        response.getInfinities(),
        response.getZeros(),
        response.getMin(),
        response.getMax(),
        response.getMean(),
        response.getDeviation(),
        response.getNorm());
  }

  /**
   * @param values whether it was asked by how much they differ
   */
  static TensorDifference difference(io.aifs.proto.v1.TensorDifference message, boolean values) {
    Kind kind = kind(message.getKind());
    return new TensorDifference(
        message.getName(),
        kind,
        message.hasLeft() ? Optional.of(type(message.getLeft())) : Optional.empty(),
        message.hasRight() ? Optional.of(type(message.getRight())) : Optional.empty(),
        values && kind == Kind.CHANGED ? Optional.of(change(message)) : Optional.empty());
  }

  private static Kind kind(io.aifs.proto.v1.TensorDifference.Kind kind) {
    return switch (kind) {
      case EQUAL -> Kind.EQUAL;
      case CHANGED -> Kind.CHANGED;
      case ADDED -> Kind.ADDED;
      case REMOVED -> Kind.REMOVED;
      case TYPE_CHANGED -> Kind.TYPE_CHANGED;
      case KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("what became of a tensor is unknown: " + kind);
    };
  }

  private static Change change(io.aifs.proto.v1.TensorDifference message) {
    return new Change(
        message.getMaxAbs(), message.getMean(), message.getNorm(), message.getChangedValues());
  }

  private TensorWire() {}
}
