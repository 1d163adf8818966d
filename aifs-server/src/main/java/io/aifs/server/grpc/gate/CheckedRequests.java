package io.aifs.server.grpc.gate;

import io.aifs.server.grpc.flow.CallCharge;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes bytes that are no request the client's fault. gRPC reads messages outside every
 * interceptor, calls such bytes an unknown error of the server, and logs each of them.
 */
public final class CheckedRequests {
  private CheckedRequests() {}

  /** The same service, whose requests are read so. */
  public static ServerServiceDefinition of(ServerServiceDefinition service) {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      ServerMethodDefinition<?, ?> checked = checked(method);
      methods.add(checked);
      descriptor.addMethod(checked.getMethodDescriptor());
    }
    ServerServiceDefinition.Builder definition =
        ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(definition::addMethod);
    return definition.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> checked(ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    return descriptor.getRequestMarshaller() instanceof PrototypeMarshaller<Q> requests
        ? ServerMethodDefinition.create(
            descriptor.toBuilder(new Reader<>(requests), descriptor.getResponseMarshaller())
                .build(),
            method.getServerCallHandler())
        : method;
  }

  /** What cannot be read stands as an empty message, which the {@link CallGuard} stops. */
  private record Reader<Q>(PrototypeMarshaller<Q> requests) implements Marshaller<Q> {
    @Override
    public InputStream stream(Q value) {
      return requests.stream(value);
    }

    @Override
    public Q parse(InputStream stream) {
      try {
        return requests.parse(stream);
      } catch (StatusRuntimeException e) {
        Q empty = requests.getMessagePrototype();
        if (empty == null) {
          throw e;
        }
        CallCharge.current().refuseUnreadable();
        return empty;
      }
    }
  }
}
