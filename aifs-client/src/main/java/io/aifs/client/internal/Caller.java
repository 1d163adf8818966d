package io.aifs.client.internal;

import com.google.protobuf.MessageLite;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.core.AifsException;
import io.aifs.core.model.TransactionId;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Makes calls: headers, deadlines, encodings and retries. Thread-safe. */
final class Caller {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("aifs-request-id", Metadata.ASCII_STRING_MARSHALLER);

  /** Smaller requests are sent as they are: a frame around them would outweigh them. */
  private static final int COMPRESSED_REQUEST_BYTES_MIN = 1_024;

  private final Connection connection;
  private final ChannelOptions options;
  private final Surroundings surroundings;
  private final UploadTurns uploads;
  private final String transaction;

  Caller(Connection connection, ChannelOptions options, Surroundings surroundings) {
    this.connection = connection;
    this.options = options;
    this.surroundings = surroundings;
    this.uploads = UploadTurns.fittingTheHeap();
    this.transaction = "";
  }

  private Caller(Caller of, String transaction) {
    this.connection = of.connection;
    this.options = of.options;
    this.surroundings = of.surroundings;
    this.uploads = of.uploads;
    this.transaction = transaction;
  }

  /** The same, whose puts, removals and moves become part of a transaction. */
  Caller within(TransactionId id) {
    return new Caller(this, id.toString());
  }

  /** The transaction that puts, removals and moves become part of; empty for none. */
  String transaction() {
    return transaction;
  }

  /** Asks something that changes nothing, or nothing when asked again. */
  <Q extends MessageLite, R, T> T ask(
      MethodDescriptor<Q, R> method, Q request, Function<R, T> decode) {
    return change(method, _ -> request, decode);
  }

  /** Changes something. The request carries its id, so that a retry gives the first result. */
  <Q extends MessageLite, R, T> T change(
      MethodDescriptor<Q, R> method, Function<String, Q> requestWithId, Function<R, T> decode) {
    CallContext context = newContext(method);
    Q request = requestWithId.apply(context.requestId());
    R answer = unary(method, request, context);
    return decoded(answer, decode, context);
  }

  /**
   * @throws AifsException.Failed if the answer breaks the contract of the wire
   */
  static <R, T> T decoded(R answer, Function<R, T> decode, CallContext context) {
    try {
      return decode.apply(answer);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw FailureMapper.nonsense(context, String.valueOf(e.getMessage()), e);
    }
  }

  private <Q extends MessageLite, R> R unary(
      MethodDescriptor<Q, R> method, Q request, CallContext context) {
    Deadline deadline = Deadline.after(options.deadline().toNanos(), TimeUnit.NANOSECONDS);
    Backoff backoff = newBackoff();
    while (true) {
      try {
        return attempt(method, request, context, deadline);
      } catch (StatusException e) {
        Duration left = Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
        awaitRetry(backoff, FailureMapper.of(e, context), left, context);
      }
    }
  }

  private <Q extends MessageLite, R> R attempt(
      MethodDescriptor<Q, R> method, Q request, CallContext context, Deadline deadline)
      throws StatusException {
    boolean compressed =
        options.compression() != Compression.NONE
            && request.getSerializedSize() >= COMPRESSED_REQUEST_BYTES_MIN;
    CallOptions callOptions = callOptions(compressed).withDeadline(deadline);
    Exchange<Q, R> exchange = begin(method, callOptions, context);
    try {
      exchange.send(request, compressed);
      exchange.finishSending();
      // The call ends by its deadline; the wait is only longer than that.
      Duration patience = options.deadline().multipliedBy(2);
      Optional<R> answer = exchange.next(patience);
      if (exchange.next(patience).isPresent()) {
        throw FailureMapper.nonsense(context, "more than one message", null);
      }
      return answer.orElseThrow(() -> FailureMapper.nonsense(context, "no message", null));
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    } catch (StalledException e) {
      throw FailureMapper.stalled(e, context);
    } finally {
      exchange.cancel("done");
    }
  }

  /** Begins a call that moves bulk data: without a deadline, to be watched for stalls. */
  <Q, R> Exchange<Q, R> transfer(MethodDescriptor<Q, R> method, CallContext context) {
    return begin(method, callOptions(compressesData()), context);
  }

  private <Q, R> Exchange<Q, R> begin(
      MethodDescriptor<Q, R> method, CallOptions callOptions, CallContext context) {
    connection.requireOpen();
    ClientCall<Q, R> call = connection.channel().newCall(method, callOptions);
    Exchange<Q, R> exchange = new Exchange<>(call);
    exchange.start(headers(context));
    return exchange;
  }

  private CallOptions callOptions(boolean compressed) {
    CallOptions plain = CallOptions.DEFAULT.withExecutor(Runnable::run);
    return compressed ? plain.withCompression(ZstdCodec.ENCODING) : plain;
  }

  private Metadata headers(CallContext context) {
    Metadata headers = new Metadata();
    headers.put(REQUEST_ID, context.requestId());
    options.token().ifPresent(token -> headers.put(AUTHORIZATION, "Bearer " + token));
    return headers;
  }

  /** A new logical call. */
  CallContext newContext(MethodDescriptor<?, ?> method) {
    return CallContext.of(
        method, options.server(), options.deadline(), surroundings.requestIds().get());
  }

  Backoff newBackoff() {
    return new Backoff(options.retries(), surroundings);
  }

  /** Of a call that goes on whatever happens between: it is tried again for good. */
  Backoff newPatientBackoff() {
    Retries retries = options.retries();
    return new Backoff(
        new Retries(Integer.MAX_VALUE, retries.firstDelay(), retries.delayMax()), surroundings);
  }

  Duration stallTimeout() {
    return options.stallTimeout();
  }

  /** Whether bytes leave this machine's memory, so that it pays to ask which are needed. */
  boolean asksFirst() {
    return options.compression() != Compression.NONE;
  }

  boolean compressesData() {
    return options.compression() == Compression.CALLS_AND_DATA;
  }

  /** The turns of uploads that hold much. */
  UploadTurns uploads() {
    return uploads;
  }

  /** Whether what is sent is what the other side digests, without a way between. */
  boolean inProcess() {
    return options.inProcess();
  }

  /**
   * Returns when a transfer shall be tried again.
   *
   * @throws AifsException the failure, when it shall not
   */
  void awaitRetry(Backoff backoff, Failure failure, CallContext context) {
    awaitRetry(backoff, failure, options.deadline(), context);
  }

  void awaitRetry(Backoff backoff, Failure failure, Duration waitMax, CallContext context) {
    if (failure.passing()) {
      connection.requireOpen();
    }
    try {
      if (!backoff.awaitNext(failure, waitMax)) {
        throw failure.exception();
      }
      connection.forgetFailures();
    } catch (InterruptedException _) {
      throw FailureMapper.interrupted(context);
    }
  }
}
