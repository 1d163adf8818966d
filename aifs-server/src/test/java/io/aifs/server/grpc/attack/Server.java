package io.aifs.server.grpc.attack;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import io.aifs.server.TestStore;
import io.aifs.server.grpc.EdgeFixture;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One server over one store, and any call to it. Not thread-safe. */
final class Server implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private final EdgeFixture fixture;
  private final Channel channel;
  private final Map<String, MethodDescriptor<?, ?>> methods = new HashMap<>();
  private final Map<String, Channel> channels = new HashMap<>();

  Server(TestStore store, Clock clock) {
    fixture = EdgeFixture.over(store, EdgeFixture.Options.DEFAULT, clock);
    try {
      channel = fixture.inProcess();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    fixture.methods().forEach(method -> methods.put(method.getFullMethodName(), method));
  }

  Map<String, MethodDescriptor<?, ?>> methods() {
    return methods;
  }

  static Descriptors.MethodDescriptor schema(MethodDescriptor<?, ?> method) {
    if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier) {
      return supplier.getMethodDescriptor();
    }
    throw new IllegalArgumentException("method has no schema: " + method.getFullMethodName());
  }

  /** Makes a call of messages in text format, waits for its end and tells all of it. */
  Answer call(String token, String method, List<String> messages) {
    MethodDescriptor<?, ?> called = requireNonNull(methods.get(method), method);
    Descriptors.MethodDescriptor schema = Server.schema(called);
    List<DynamicMessage> replies = new ArrayList<>();
    CompletableFuture<Answer> end = new CompletableFuture<>();
    StreamObserver<byte[]> requests =
        ClientCalls.asyncBidiStreamingCall(
            channels
                .computeIfAbsent(token, this::authorized)
                .newCall(
                    called.toBuilder(BYTES, BYTES).build(),
                    CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)),
            new StreamObserver<>() {
              @Override
              public void onNext(byte[] reply) {
                replies.add(Answer.parsed(schema.getOutputType(), reply));
              }

              @Override
              public void onError(Throwable error) {
                end.complete(Answer.failed((StatusRuntimeException) error, replies));
              }

              @Override
              public void onCompleted() {
                end.complete(Answer.ok(replies));
              }
            });
    for (String message : messages) {
      requests.onNext(bytes(schema.getInputType(), message));
    }
    requests.onCompleted();
    return end.join();
  }

  private Channel authorized(String token) {
    return EdgeFixture.with(
        channel, "authorization", "Bearer " + token, "aifs-request-id", "attack");
  }

  private static byte[] bytes(Descriptors.Descriptor type, String text) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    try {
      TextFormat.merge(text, message);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException("no " + type.getName() + ": " + text, e);
    }
    return message.build().toByteArray();
  }

  @Override
  public void close() {
    try {
      fixture.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
