package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CheckResponse;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.FsckRequest;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.StatPathsRequest;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every RPC with requests that are random or nearly valid: each ends with a status that says whose
 * fault it is, which is never the server's, and the server goes on.
 */
class RequestFuzzTest {
  /** Seconds that a call may take; only calls that never end by themselves come to it. */
  private static final int SECONDS_MAX = 10;

  private static final int ENDLESS_MILLIS = 100;
  private static final Set<String> ENDLESS =
      Set.of("aifs.v1.AIFS/SubscribeEvents", "grpc.health.v1.Health/Watch");

  /** What makes nothing worse than slow. */
  private static final int CALLS_BETWEEN_CHECKS = 500;

  private static final Set<Code> FAULTS = Set.of(Code.INTERNAL, Code.UNKNOWN, Code.DATA_LOSS);

  private final SplittableRandom random = new SplittableRandom(SeededTest.seed());
  private final RandomMessages messages = new RandomMessages(random.split());
  private final Map<Code, Integer> ends = new EnumMap<>(Code.class);
  private final Set<String> slow = new HashSet<>();
  private EdgeFixture fixture;
  private Channel channel;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    CreateNamespaceRequest own = CreateNamespaceRequest.newBuilder().setName("serving").build();
    Object _ = AdminGrpc.newBlockingStub(channel).createNamespace(own);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static MethodDescriptor.Marshaller<byte[]> raw() {
    return new MethodDescriptor.Marshaller<>() {
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
  }

  @Test
  void noRequestIsTheServersFault() {
    List<MethodDescriptor<?, ?>> methods = new ArrayList<>(fixture.edge().methods());
    int calls = Fuzzer.inputs();
    requireServing();
    for (int call = 1; call <= calls; call++) {
      one(methods.get(random.nextInt(methods.size())));
      if (call % CALLS_BETWEEN_CHECKS == 0) {
        requireServing();
      }
    }
    requireServing();
    requireIntact();
    System.out.printf(
        "fuzzed %d calls of %d RPCs: %s, slow: %s%n", calls, methods.size(), ends, slow);
  }

  private void one(MethodDescriptor<?, ?> method) {
    List<byte[]> requests = new ArrayList<>();
    for (int i = method.getType().clientSendsOneMessage() ? 1 : random.nextInt(4); i > 0; i--) {
      requests.add(request(method));
    }
    Status status = call(method, requests);
    ends.merge(status.getCode(), 1, Integer::sum);
    assertThat(FAULTS)
        .as("%s: %s of %s", method.getFullMethodName(), status, shown(requests))
        .doesNotContain(status.getCode());
    if (status.getCode() == Code.DEADLINE_EXCEEDED
        && !ENDLESS.contains(method.getFullMethodName())) {
      slow.add(method.getFullMethodName());
      System.out.println(method.getFullMethodName() + " takes long: " + shown(requests));
    }
  }

  private static List<String> shown(List<byte[]> requests) {
    return requests.stream().map(Base64.getEncoder()::encodeToString).toList();
  }

  private byte[] request(MethodDescriptor<?, ?> method) {
    byte[] made = messages.next(types(method).getInputType()).toByteArray();
    return random.nextInt(4) == 0 ? Fuzzer.mutated(List.of(made), random) : made;
  }

  private static Descriptors.MethodDescriptor types(MethodDescriptor<?, ?> method) {
    if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier) {
      return supplier.getMethodDescriptor();
    }
    throw new AssertionError("no types of " + method);
  }

  private Status call(MethodDescriptor<?, ?> method, List<byte[]> requests) {
    CompletableFuture<Status> end = new CompletableFuture<>();
    List<byte[]> answers = Collections.synchronizedList(new ArrayList<>());
    int millis =
        ENDLESS.contains(method.getFullMethodName()) ? ENDLESS_MILLIS : SECONDS_MAX * 1_000;
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            method.toBuilder(raw(), raw()).build(),
            CallOptions.DEFAULT.withDeadlineAfter(millis, TimeUnit.MILLISECONDS));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] answer) {
            answers.add(answer);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        headers());
    call.request(10_000);
    requests.forEach(call::sendMessage);
    call.halfClose();
    Status status = end.join();
    answers.stream().limit(20).forEach(answer -> learn(method, answer));
    return status;
  }

  private Metadata headers() {
    Metadata headers = new Metadata();
    if (random.nextInt(10) == 0) {
      String[] names = {"aifs-namespace", "aifs-request-id", "aifs-min-version", "aifs-other"};
      String[] values = {
        "", " ", "default", "-1", "1", "99999999999999999999", "x".repeat(3_000), ",;\"=%"
      };
      headers.put(
          Metadata.Key.of(names[random.nextInt(names.length)], Metadata.ASCII_STRING_MARSHALLER),
          values[random.nextInt(values.length)]);
    }
    return headers;
  }

  private void learn(MethodDescriptor<?, ?> method, byte[] answer) {
    try {
      messages.learn(DynamicMessage.parseFrom(types(method).getOutputType(), answer));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("an answer of " + method.getFullMethodName() + " is none", e);
    }
  }

  /** In a namespace of its own, which no request can name so that it takes part. */
  private void requireServing() {
    TreeGrpc.TreeBlockingStub tree =
        TreeGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    String path = "still/here-" + random.nextInt(1 << 30);
    FilePut file =
        FilePut.newBuilder().setPath(path).setData(ByteString.copyFromUtf8(path)).build();
    tree.putFiles(PutFilesRequest.newBuilder().setNamespace("serving").addFiles(file).build());
    assertThat(
            tree.statPaths(
                    StatPathsRequest.newBuilder().setNamespace("serving").addPaths(path).build())
                .getPathsCount())
        .isOne();
  }

  private void requireIntact() {
    Iterator<CheckResponse> events =
        MaintenanceGrpc.newBlockingStub(channel)
            .fsck(FsckRequest.newBuilder().setReadData(true).build());
    List<CheckResponse> findings = new ArrayList<>();
    events.forEachRemaining(
        event -> {
          if (event.hasFinding()) {
            findings.add(event);
          }
        });
    assertThat(findings).isEmpty();
  }
}
