package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.DescribeTensorsRequest;
import io.aifs.proto.v1.DescribeTensorsResponse;
import io.aifs.proto.v1.DiffTensorsRequest;
import io.aifs.proto.v1.ReadSliceRequest;
import io.aifs.proto.v1.ReadSliceResponse;
import io.aifs.proto.v1.TensorDifference;
import io.aifs.proto.v1.TensorStatisticsRequest;
import io.aifs.proto.v1.TensorStatisticsResponse;
import io.aifs.proto.v1.TensorsGrpc;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.tensor.TensorService;
import io.aifs.server.engine.tensor.TensorSlice;
import io.aifs.server.grpc.flow.FrameSender;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code aifs.v1.Tensors}. */
final class TensorsGrpcService extends TensorsGrpc.TensorsImplBase {
  private final TensorService tensors;
  private final TensorTargets targets;
  private final Namespaces namespaces;
  private final Streams streams;

  TensorsGrpcService(
      TensorService tensors, ScopedReads paths, Namespaces namespaces, Streams streams) {
    this.tensors = tensors;
    this.targets = new TensorTargets(paths);
    this.namespaces = namespaces;
    this.streams = streams;
  }

  @Override
  public void describeTensors(
      DescribeTensorsRequest request, StreamObserver<DescribeTensorsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Digest asset = targets.asset(namespace, "target", request.getTarget());
    DescribeTensorsResponse answer =
        TensorWire.described(asset, tensors.describe(namespace, asset));
    if (answer.getSerializedSize() > Limits.MESSAGE_BYTES_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.MESSAGE_TOO_LARGE,
          "what is to be said of the tensors of asset "
              + asset
              + " is "
              + answer.getSerializedSize()
              + " bytes, over the limit of "
              + Limits.MESSAGE_BYTES_MAX,
          "read the asset, and look at its header");
    }
    Replies.send(observer, answer);
  }

  @Override
  public void tensorStatistics(
      TensorStatisticsRequest request, StreamObserver<TensorStatisticsResponse> observer) {
    Requests.requireBatch("names", request.getNamesCount());
    streams.run(observer, sender -> statistics(request, sender));
  }

  private void statistics(
      TensorStatisticsRequest request, FrameSender<TensorStatisticsResponse> sender)
      throws IOException {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    tensors.statistics(
        namespace,
        targets.asset(namespace, "target", request.getTarget()),
        request.getNamesList(),
        sender::requireWanted,
        (name, statistics) -> sender.send(TensorWire.statistics(name, statistics)));
  }

  @Override
  public void readSlice(ReadSliceRequest request, StreamObserver<ReadSliceResponse> observer) {
    streams.run(observer, sender -> slice(request, sender));
  }

  private void slice(ReadSliceRequest request, FrameSender<ReadSliceResponse> sender)
      throws IOException {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    List<SliceRange> ranges = TensorWire.ranges(request.getRangesList());
    TensorSlice slice =
        tensors.slice(
            namespace,
            targets.asset(namespace, "target", request.getTarget()),
            request.getName(),
            ranges);
    SliceMessages messages = new SliceMessages(slice, sender);
    TensorFrames frames = new TensorFrames(messages::send);
    slice.read(frames);
    frames.flush();
  }

  /** The first message says what the part is. */
  private static final class SliceMessages {
    private final FrameSender<ReadSliceResponse> sender;
    private Optional<TensorSlice> first;

    SliceMessages(TensorSlice slice, FrameSender<ReadSliceResponse> sender) {
      this.sender = sender;
      this.first = Optional.of(slice);
    }

    void send(ByteString data) {
      ReadSliceResponse.Builder message = ReadSliceResponse.newBuilder().setData(data);
      first.ifPresent(slice -> message.setSlice(TensorWire.info(slice.part())));
      first = Optional.empty();
      sender.send(message.build());
    }
  }

  @Override
  public void diffTensors(DiffTensorsRequest request, StreamObserver<TensorDifference> observer) {
    streams.run(observer, sender -> diff(request, sender));
  }

  private void diff(DiffTensorsRequest request, FrameSender<TensorDifference> sender)
      throws IOException {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Digest left = targets.asset(namespace, "left", request.getLeft());
    Digest right = targets.asset(namespace, "right", request.getRight());
    tensors.diff(
        namespace,
        left,
        right,
        !request.getNamesOnly(),
        sender::requireWanted,
        pair -> sender.send(TensorWire.difference(pair)));
  }
}
