package io.aifs.server.grpc.flow;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one call holds of the {@link MemoryBudget}, and whether its bytes still move.
 *
 * <p>gRPC reports bytes of a message as they are taken off the connection, so a message for which
 * there is no room ends its call long before all of it has arrived. Thread-safe.
 */
public final class CallCharge extends ServerStreamTracer {
  /**
   * What gRPC itself shall accept: a little more than the limit, so that it is this class that
   * refuses a message which unpacks to too much. gRPC would call that an unknown error.
   */
  public static final int MESSAGE_BYTES_ACCEPTED = Limits.MESSAGE_BYTES_MAX + (1 << 20);

  private static final Context.Key<CallCharge> KEY = Context.key("aifs-call-charge");

  private final MemoryBudget budget;
  private final Object lock = new Object();
  private final Deque<Message> messages = new ArrayDeque<>();
  private @Nullable Consumer<AifsException> refusal;
  private long otherBytes;
  private boolean over;
  private boolean unreadable;
  private volatile long progress;

  private CallCharge(MemoryBudget budget) {
    this.budget = budget;
  }

  /** Makes a charge for each call; to be given to the server builder. */
  public static ServerStreamTracer.Factory factory(MemoryBudget budget) {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new CallCharge(budget);
      }
    };
  }

  /** The charge of the call that this thread works for. */
  public static CallCharge current() {
    CallCharge charge = KEY.get();
    if (charge == null) {
      throw new IllegalStateException("the server was built without the charge of calls");
    }
    return charge;
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  /** What ends the call when there is no room for its message; may run on the connection's loop. */
  public void onRefused(Consumer<AifsException> handler) {
    synchronized (lock) {
      refusal = handler;
    }
  }

  /** Ends the call because what came is no message; whatever stands for it must not be used. */
  public void refuseUnreadable() {
    Consumer<AifsException> handler;
    synchronized (lock) {
      unreadable = true;
      handler = refusal;
    }
    if (handler != null) {
      handler.accept(
          new AifsException.InvalidRequest(
              Reason.ARGUMENT_INVALID,
              "request",
              "the bytes of the call are no message of its type",
              "encode it as the .proto files of this version say"));
    }
  }

  /** Whether the call has been ended by {@link #refuseUnreadable}. */
  public boolean isUnreadable() {
    synchronized (lock) {
      return unreadable;
    }
  }

  /** Changes whenever bytes of the call arrive. */
  public long progress() {
    return progress;
  }

  /** Gives back what the oldest message took, now that it has been dealt with. */
  public void consumed() {
    synchronized (lock) {
      Message message = messages.pollFirst();
      if (message != null) {
        budget.giveBack(message.chargedBytes);
      }
    }
  }

  /**
   * Takes {@code bytes} until the end of the call, for what it answers.
   *
   * @throws AifsException.LimitExceeded if there is no room
   */
  public void take(long bytes) {
    if (bytes < Limits.INBOUND_CHARGED_BYTES_MIN) {
      return;
    }
    synchronized (lock) {
      if (!over) {
        if (!budget.tryTake(bytes)) {
          throw budget.exhausted();
        }
        otherBytes += bytes;
      }
    }
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the call's own loop writes it
  public void inboundMessage(int seqNo) {
    progress++;
    synchronized (lock) {
      messages.addLast(new Message());
    }
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the call's own loop writes it
  public void inboundWireSize(long bytes) {
    progress++;
    Message message;
    synchronized (lock) {
      message = messages.peekLast();
      if (message != null) {
        message.wireBytes += bytes;
      }
    }
    charge(message);
  }

  /** Bytes after decompression, reported as they are parsed; the wire says little about them. */
  @Override
  public void inboundUncompressedSize(long bytes) {
    Message message;
    synchronized (lock) {
      message = messages.peekFirst();
      if (message != null) {
        message.plainBytes += bytes;
      }
    }
    if (!charge(message)) {
      throw Status.RESOURCE_EXHAUSTED.asRuntimeException();
    }
  }

  /** Brings the charge up to what the message takes; false if that just ended the call. */
  private boolean charge(@Nullable Message message) {
    Consumer<AifsException> handler;
    AifsException failure;
    synchronized (lock) {
      if (over || message == null) {
        return true;
      }
      long bytes = Math.max(message.wireBytes, message.plainBytes);
      long more = bytes - message.chargedBytes;
      if (bytes < Limits.INBOUND_CHARGED_BYTES_MIN || more <= 0) {
        return true;
      }
      boolean tooLarge = bytes > Limits.MESSAGE_BYTES_MAX;
      if (!tooLarge && budget.tryTake(more)) {
        message.chargedBytes += more;
        return true;
      }
      failure = tooLarge ? tooLarge() : budget.exhausted();
      releaseAll();
      handler = refusal;
    }
    if (handler != null) {
      handler.accept(failure);
    }
    return false;
  }

  private static AifsException.LimitExceeded tooLarge() {
    return new AifsException.LimitExceeded(
        Reason.MESSAGE_TOO_LARGE,
        "a message is over " + Limits.MESSAGE_BYTES_MAX + " bytes",
        "send the content in several messages of the stream");
  }

  @Override
  public void streamClosed(Status status) {
    synchronized (lock) {
      releaseAll();
    }
  }

  private void releaseAll() {
    over = true;
    long held = otherBytes;
    otherBytes = 0;
    for (Message message : messages) {
      held += message.chargedBytes;
    }
    messages.clear();
    budget.giveBack(held);
  }

  /** A message that is arriving or being dealt with. */
  private static final class Message {
    private long wireBytes;
    private long plainBytes;
    private long chargedBytes;
  }
}
