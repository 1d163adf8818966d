package io.aifs.client.internal;

import io.aifs.client.ReadTarget;
import io.aifs.client.Tensors;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.DescribeTensorsRequest;
import io.aifs.proto.v1.DiffTensorsRequest;
import io.aifs.proto.v1.ReadSliceRequest;
import io.aifs.proto.v1.TensorStatisticsRequest;
import io.aifs.proto.v1.TensorStatisticsResponse;
import io.aifs.proto.v1.TensorsGrpc;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tensors over the service of that name. */
final class GrpcTensors implements Tensors {
  /** Names that the server takes in one request. */
  private static final int NAMES_MAX = 4_096;

  private final Caller caller;
  private final Name namespace;

  GrpcTensors(Caller caller, Name namespace) {
    this.caller = caller;
    this.namespace = namespace;
  }

  @Override
  public Described describe(ReadTarget target) {
    return caller.ask(
        TensorsGrpc.getDescribeTensorsMethod(),
        DescribeTensorsRequest.newBuilder()
            .setNamespace(namespace.value())
            .setTarget(TensorWire.target(target))
            .build(),
        TensorWire::described);
  }

  @Override
  public Map<String, TensorStatistics> statistics(ReadTarget target, List<String> names) {
    Map<String, TensorStatistics> found = new LinkedHashMap<>();
    if (names.isEmpty()) {
      ask(target, names, found);
    }
    for (int from = 0; from < names.size(); from += NAMES_MAX) {
      ask(target, names.subList(from, Math.min(from + NAMES_MAX, names.size())), found);
    }
    return found;
  }

  private void ask(ReadTarget target, List<String> names, Map<String, TensorStatistics> found) {
    HeardStream<TensorStatisticsRequest, TensorStatisticsResponse> stream =
        new HeardStream<>(
            caller,
            TensorsGrpc.getTensorStatisticsMethod(),
            TensorStatisticsRequest.newBuilder()
                .setNamespace(namespace.value())
                .setTarget(TensorWire.target(target))
                .addAllNames(names)
                .build());
    stream.run(
        message ->
            found.put(
                message.getName(),
                Caller.decoded(message, TensorWire::statistics, stream.context())));
    for (String name : names) {
      if (!found.containsKey(name)) {
        throw FailureMapper.nonsense(
            stream.context(), "it says nothing of tensor '" + name + "'", null);
      }
    }
  }

  @Override
  public Tensor slice(ReadTarget target, String name, List<SliceRange> ranges) {
    ReadSliceRequest request =
        ReadSliceRequest.newBuilder()
            .setNamespace(namespace.value())
            .setTarget(TensorWire.target(target))
            .setName(name)
            .addAllRanges(ranges.stream().map(TensorWire::range).toList())
            .build();
    return new SliceRead(caller, request).run();
  }

  @Override
  public void diff(
      ReadTarget left, ReadTarget right, boolean values, Consumer<TensorDifference> receiver) {
    HeardStream<DiffTensorsRequest, io.aifs.proto.v1.TensorDifference> stream =
        new HeardStream<>(
            caller,
            TensorsGrpc.getDiffTensorsMethod(),
            DiffTensorsRequest.newBuilder()
                .setNamespace(namespace.value())
                .setLeft(TensorWire.target(left))
                .setRight(TensorWire.target(right))
                .setNamesOnly(!values)
                .build());
    stream.run(
        message ->
            receiver.accept(
                Caller.decoded(
                    message,
                    difference -> TensorWire.difference(difference, values),
                    stream.context())));
  }
}
