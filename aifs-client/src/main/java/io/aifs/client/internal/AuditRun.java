package io.aifs.client.internal;

import io.aifs.client.AuditRecords;
import io.aifs.core.audit.AuditHead;
import io.aifs.proto.v1.AuditGrpc;
import io.aifs.proto.v1.ReadAuditRequest;
import io.aifs.proto.v1.ReadAuditResponse;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Records of the audit log as they come, and where to go on after a cut. */
final class AuditRun implements AuditRecords {
  private final ReadAuditRequest request;
  private final ResumedStream<ReadAuditRequest, ReadAuditResponse> stream;
  private final ArrayDeque<String> received = new ArrayDeque<>();
  private Optional<AuditHead> head = Optional.empty();

  AuditRun(Caller caller, ReadAuditRequest request) {
    this.request = request;
    this.stream =
        new ResumedStream<>(
            caller,
            AuditGrpc.getReadMethod(),
            this::resumed,
            request.getFollow() ? ResumedStream.PATIENCE : caller.stallTimeout());
  }

  private ReadAuditRequest resumed() {
    return head.map(
            last -> request.toBuilder().clearLast().setFromSequence(last.sequence() + 1).build())
        .orElse(request);
  }

  @Override
  public boolean hasNext() {
    while (received.isEmpty()) {
      Optional<ReadAuditResponse> message = stream.next();
      if (message.isEmpty()) {
        return false;
      }
      received.addAll(message.get().getRecordsList());
      if (message.get().hasHead()) {
        head =
            Optional.of(Caller.decoded(message.get().getHead(), GrpcAudit::head, stream.context()));
      }
    }
    return !stream.isClosed();
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more records");
    }
    return received.remove();
  }

  @Override
  public Optional<AuditHead> head() {
    return head;
  }

  @Override
  public void close() {
    stream.close();
  }
}
