package io.aifs.client.internal;

import io.aifs.client.Versions;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Demands of each call what earlier ones have seen. Thread-safe. */
final class SessionVersions implements Versions, ClientInterceptor {
  private static final Metadata.Key<String> MIN_VERSION =
      Metadata.Key.of("aifs-min-version", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> VERSION =
      Metadata.Key.of("aifs-version", Metadata.ASCII_STRING_MARSHALLER);

  private final AtomicLong newest = new AtomicLong();

  @Override
  public long newest() {
    return newest.get();
  }

  @Override
  public void require(long version) {
    if (version < 0) {
      throw new IllegalArgumentException("version is negative: " + version);
    }
    newest.accumulateAndGet(version, Math::max);
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        long seen = newest.get();
        if (seen > 0) {
          headers.put(MIN_VERSION, Long.toString(seen));
        }
        super.start(new Watching<>(listener), headers);
      }
    };
  }

  /** Learns the version that an answer carries. */
  private final class Watching<R> extends SimpleForwardingClientCallListener<R> {
    Watching(ClientCall.Listener<R> listener) {
      super(listener);
    }

    @Override
    public void onHeaders(Metadata headers) {
      learn(headers.get(VERSION));
      super.onHeaders(headers);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      learn(trailers.get(VERSION));
      super.onClose(status, trailers);
    }
  }

  private void learn(@Nullable String version) {
    if (version != null) {
      try {
        newest.accumulateAndGet(Long.parseLong(version), Math::max);
      } catch (NumberFormatException _) {
        // not ours to judge: such a server promises nothing
      }
    }
  }
}
