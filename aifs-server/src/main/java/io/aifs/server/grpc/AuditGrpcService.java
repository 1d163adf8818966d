package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AuditGrpc;
import io.aifs.proto.v1.ReadAuditRequest;
import io.aifs.proto.v1.ReadAuditResponse;
import io.aifs.proto.v1.VerifyAuditRequest;
import io.aifs.proto.v1.VerifyAuditResponse;
import io.aifs.server.audit.AuditCursor;
import io.aifs.server.audit.AuditHead;
import io.aifs.server.audit.AuditLog;
import io.aifs.server.audit.ExpectedHead;
import io.aifs.server.grpc.flow.FrameSender;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code aifs.v1.Audit}: the log of who did what. */
final class AuditGrpcService extends AuditGrpc.AuditImplBase {
  private static final int HEADS_MAX = 100;

  private final AuditLog log;
  private final Streams streams;
  private volatile boolean draining;

  AuditGrpcService(AuditLog log, Streams streams) {
    this.log = log;
    this.streams = streams;
  }

  /** Ends what follows the log. */
  void drain() {
    draining = true;
    log.wake();
  }

  @Override
  public void read(ReadAuditRequest request, StreamObserver<ReadAuditResponse> observer) {
    requireCounts("from_sequence", request.getFromSequence());
    requireCounts("last", request.getLast());
    AuditHead newest = log.head();
    long from =
        request.getLast() > 0
            ? newest.sequence() - request.getLast() + 1
            : request.getFromSequence();
    Context call = Context.current();
    call.addListener(_ -> log.wake(), Runnable::run);
    streams.run(
        observer,
        sender -> {
          AuditCursor cursor = log.read(Math.max(1, from));
          long sent = send(cursor, newest.sequence(), sender);
          if (request.getFollow()) {
            follow(cursor, Math.max(sent, newest.sequence()), call, sender);
          }
        });
  }

  private static void requireCounts(String field, long value) {
    if (value < 0) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          field,
          field + " is negative: " + value,
          "leave it out, or count");
    }
  }

  /** Sends what there is, at least up to {@code last} if it is there; returns how far it came. */
  private long send(AuditCursor cursor, long last, FrameSender<ReadAuditResponse> sender)
      throws IOException {
    long sent = 0;
    Optional<AuditCursor.Page> page = cursor.next();
    while (page.isPresent()) {
      sent = page.get().head().sequence();
      sender.send(
          ReadAuditResponse.newBuilder()
              .addAllRecords(page.get().records())
              .setHead(wire(page.get().head()))
              .build());
      page = sent < last ? cursor.next() : Optional.empty();
    }
    return sent;
  }

  private void follow(
      AuditCursor cursor, long from, Context call, FrameSender<ReadAuditResponse> sender)
      throws IOException {
    long seen = from;
    try {
      for (long newest = awaitBehind(seen, call); newest > seen; newest = awaitBehind(seen, call)) {
        seen = Math.max(newest, send(cursor, Long.MAX_VALUE, sender));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (draining) {
      throw new AifsException.Unavailable(
          Reason.SHUTTING_DOWN, "the server is shutting down", "follow it again later", null);
    }
  }

  private long awaitBehind(long seen, Context call) throws InterruptedException {
    return log.awaitBehind(seen, () -> draining || call.isCancelled());
  }

  @Override
  public void verify(VerifyAuditRequest request, StreamObserver<VerifyAuditResponse> observer) {
    List<ExpectedHead> expected = new ArrayList<>();
    if (request.getExpectedCount() > HEADS_MAX) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED,
          "expected",
          request.getExpectedCount() + " heads are expected, over " + HEADS_MAX,
          "the newest ones stand for those before");
    }
    request.getExpectedList().forEach(head -> expected.add(expected(head)));
    streams.run(
        observer,
        sender -> {
          AuditLog.Verified verified =
              log.verify(
                  expected,
                  problem ->
                      sender.send(VerifyAuditResponse.newBuilder().addProblems(problem).build()),
                  checked ->
                      sender.send(VerifyAuditResponse.newBuilder().setChecked(checked).build()));
          sender.send(
              VerifyAuditResponse.newBuilder()
                  .setChecked(verified.checked())
                  .setHead(wire(verified.head()))
                  .build());
        });
  }

  private ExpectedHead expected(io.aifs.proto.v1.AuditHead head) {
    if (!head.getStoreId().equals(log.storeId())) {
      throw malformed("a head is of store '" + head.getStoreId() + "', not of this one");
    }
    try {
      return new ExpectedHead(
          new AuditHead(head.getSequence(), Digest.parse(head.getDigest())),
          "the expected head " + head.getSequence());
    } catch (IllegalArgumentException e) {
      throw malformed("a head is none: " + e.getMessage());
    }
  }

  private static AifsException.InvalidRequest malformed(String message) {
    return Requests.invalid(
        Reason.ARGUMENT_INVALID,
        "expected",
        message,
        "send heads as they were given by this store");
  }

  private io.aifs.proto.v1.AuditHead wire(AuditHead head) {
    return io.aifs.proto.v1.AuditHead.newBuilder()
        .setStoreId(log.storeId())
        .setSequence(head.sequence())
        .setDigest(head.digest().hex())
        .build();
  }
}
