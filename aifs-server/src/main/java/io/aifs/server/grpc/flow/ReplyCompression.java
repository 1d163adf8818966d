package io.aifs.server.grpc.flow;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Set;

/**
 * Compresses long replies with zstd for clients that accept it. Content is left as it is: most of
 * it does not compress, and whoever knows that it does can store it so.
 */
public final class ReplyCompression implements ServerInterceptor {
  private static final int COMPRESSED_BYTES_MIN = 4_096;
  private static final Set<String> CONTENT =
      Set.of(
          "aifs.v1.Content/Read",
          "aifs.v1.Content/ReadMany",
          "aifs.v1.Tensors/ReadSlice",
          "aifs.v1.AIFS/GetAsset");

  private final String encoding;

  public ReplyCompression(String encoding) {
    this.encoding = encoding;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (CONTENT.contains(call.getMethodDescriptor().getFullMethodName())) {
      return next.startCall(call, headers);
    }
    call.setCompression(
        encoding); // gRPC falls back to identity where the client does not accept it
    return next.startCall(new CompressingCall<>(call), headers);
  }

  private static final class CompressingCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    CompressingCall(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void sendMessage(R message) {
      setMessageCompression(
          message instanceof MessageLite proto
              && proto.getSerializedSize() >= COMPRESSED_BYTES_MIN);
      super.sendMessage(message);
    }
  }
}
