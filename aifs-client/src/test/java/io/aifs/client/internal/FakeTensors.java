package io.aifs.client.internal;

import io.aifs.proto.v1.DescribeTensorsRequest;
import io.aifs.proto.v1.DescribeTensorsResponse;
import io.aifs.proto.v1.DiffTensorsRequest;
import io.aifs.proto.v1.ReadSliceRequest;
import io.aifs.proto.v1.ReadSliceResponse;
import io.aifs.proto.v1.TensorDifference;
import io.aifs.proto.v1.TensorStatisticsRequest;
import io.aifs.proto.v1.TensorStatisticsResponse;
import io.aifs.proto.v1.TensorsGrpc;
import io.grpc.stub.StreamObserver;

/** Answers the calls about tensors by scripts. */
final class FakeTensors extends TensorsGrpc.TensorsImplBase {
  final Scripts scripts = new Scripts();

  @Override
  public void describeTensors(
      DescribeTensorsRequest request, StreamObserver<DescribeTensorsResponse> responses) {
    scripts.play(request, responses, DescribeTensorsResponse.class);
  }

  @Override
  public void tensorStatistics(
      TensorStatisticsRequest request, StreamObserver<TensorStatisticsResponse> responses) {
    scripts.play(request, responses, TensorStatisticsResponse.class);
  }

  @Override
  public void readSlice(ReadSliceRequest request, StreamObserver<ReadSliceResponse> responses) {
    scripts.play(request, responses, ReadSliceResponse.class);
  }

  @Override
  public void diffTensors(DiffTensorsRequest request, StreamObserver<TensorDifference> responses) {
    scripts.play(request, responses, TensorDifference.class);
  }
}
