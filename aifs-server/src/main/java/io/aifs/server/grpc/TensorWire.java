package io.aifs.server.grpc;

import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.DescribeTensorsResponse;
import io.aifs.proto.v1.ElementType;
import io.aifs.proto.v1.TensorDifference;
import io.aifs.proto.v1.TensorFormat;
import io.aifs.proto.v1.TensorInfo;
import io.aifs.proto.v1.TensorStatisticsResponse;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.TensorStatistics;
import io.aifs.server.engine.tensor.TensorPair;
import java.util.ArrayList;
import java.util.List;

/** Tensors: from messages and to messages. */
final class TensorWire {
  private TensorWire() {}

  static DescribeTensorsResponse described(Digest asset, TensorLayout layout) {
    return DescribeTensorsResponse.newBuilder()
        .setAssetId(asset.hex())
        .setFormat(format(layout.format()))
        .addAllTensors(layout.tensors().stream().map(TensorWire::info).toList())
        .putAllMetadata(layout.metadata())
        .build();
  }

  private static TensorFormat format(io.aifs.schemas.layout.TensorFormat format) {
    return switch (format) {
      case ARROW -> TensorFormat.ARROW;
      case SAFETENSORS -> TensorFormat.SAFETENSORS;
      case NPY -> TensorFormat.NPY;
    };
  }

  static TensorInfo info(TensorEntry tensor) {
    return TensorInfo.newBuilder()
        .setName(tensor.name())
        .setElement(element(tensor.type().element()))
        .addAllShape(tensor.type().shape())
        .addAllDimensionNames(tensor.type().dimensionNames())
        .setOffset(tensor.offset())
        .setBytes(tensor.type().bytes())
        .build();
  }

  private static ElementType element(io.aifs.schemas.tensor.ElementType element) {
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
    };
  }

  static TensorStatisticsResponse statistics(String name, TensorStatistics statistics) {
    return TensorStatisticsResponse.newBuilder()
        .setName(name)
        .setCount(statistics.count())
        .setNans(statistics.nans())
        .setInfinities(statistics.infinities())
        .setZeros(statistics.zeros())
        .setMin(statistics.min())
        .setMax(statistics.max())
        .setMean(statistics.mean())
        .setDeviation(statistics.deviation())
        .setNorm(statistics.norm())
        .build();
  }

  static TensorDifference difference(TensorPair pair) {
    TensorDifference.Builder message =
        TensorDifference.newBuilder().setName(pair.name()).setKind(kind(pair));
    pair.left().ifPresent(left -> message.setLeft(info(left)));
    pair.right().ifPresent(right -> message.setRight(info(right)));
    pair.change()
        .ifPresent(
            change ->
                message
                    .setMaxAbs(change.maxAbs())
                    .setMean(change.mean())
                    .setNorm(change.norm())
                    .setChangedValues(change.changedValues()));
    return message.build();
  }

  private static TensorDifference.Kind kind(TensorPair pair) {
    return switch (pair.kind()) {
      case EQUAL -> TensorDifference.Kind.EQUAL;
      case CHANGED -> TensorDifference.Kind.CHANGED;
      case ADDED -> TensorDifference.Kind.ADDED;
      case REMOVED -> TensorDifference.Kind.REMOVED;
      case TYPE_CHANGED -> TensorDifference.Kind.TYPE_CHANGED;
    };
  }

  /** The ranges of a request; their dimensions' lengths are not known here. */
  static List<SliceRange> ranges(List<io.aifs.proto.v1.SliceRange> messages) {
    List<SliceRange> ranges = new ArrayList<>(messages.size());
    for (io.aifs.proto.v1.SliceRange range : messages) {
      String field = "ranges[" + ranges.size() + "]";
      if (range.getStart() < 0 || range.getEnd() < range.getStart()) {
        throw Requests.invalid(
            Reason.ARGUMENT_INVALID,
            field,
            "range "
                + range.getStart()
                + ":"
                + range.getEnd()
                + " is no range of dimension "
                + ranges.size(),
            "send a start from 0, and an end that is not before it");
      }
      if (range.getDrop() && range.getEnd() - range.getStart() != 1) {
        throw Requests.invalid(
            Reason.ARGUMENT_INVALID,
            field,
            "dimension "
                + ranges.size()
                + " cannot go: range "
                + range.getStart()
                + ":"
                + range.getEnd()
                + " is not of one place",
            "send an end that is one behind the start, or do not drop the dimension");
      }
      ranges.add(new SliceRange(range.getStart(), range.getEnd(), !range.getDrop()));
    }
    return ranges;
  }
}
