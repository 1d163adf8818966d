package io.aifs.client.internal;

import io.aifs.client.Audit;
import io.aifs.client.AuditRecords;
import io.aifs.core.audit.AuditHead;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AuditGrpc;
import io.aifs.proto.v1.GetStatusRequest;
import io.aifs.proto.v1.GetStatusResponse;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.ReadAuditRequest;
import io.aifs.proto.v1.VerifyAuditRequest;
import io.aifs.proto.v1.VerifyAuditResponse;
import java.util.List;
import java.util.Optional;

/** The audit log over the service Audit. */
final class GrpcAudit implements Audit {
  private final Caller caller;

  GrpcAudit(Caller caller) {
    this.caller = caller;
  }

  @Override
  public AuditRecords read(Start start, boolean follow) {
    ReadAuditRequest.Builder request = ReadAuditRequest.newBuilder().setFollow(follow);
    switch (start) {
      case Start.At(long sequence) -> request.setFromSequence(sequence);
      case Start.Last(long count) -> request.setLast(count);
    }
    return new AuditRun(caller, request.build());
  }

  @Override
  public Checked verify(List<AuditHead> noted, Listener listener) {
    VerifyAuditRequest.Builder request = VerifyAuditRequest.newBuilder();
    noted.stream().map(this::ofThisStore).map(GrpcAudit::head).forEach(request::addExpected);
    return new Verification(listener)
        .run(new HeardStream<>(caller, AuditGrpc.getVerifyMethod(), request.build()));
  }

  /** Who noted only number and digest means a record of the store that is asked. */
  private AuditHead ofThisStore(AuditHead head) {
    return head.storeId().isEmpty()
        ? new AuditHead(
            caller.ask(
                MaintenanceGrpc.getGetStatusMethod(),
                GetStatusRequest.getDefaultInstance(),
                GetStatusResponse::getStoreId),
            head.sequence(),
            head.digest())
        : head;
  }

  private static final class Verification {
    private final Listener listener;
    private long checked;
    private long problems;
    private Optional<io.aifs.proto.v1.AuditHead> head = Optional.empty();

    Verification(Listener listener) {
      this.listener = listener;
    }

    Checked run(HeardStream<VerifyAuditRequest, VerifyAuditResponse> stream) {
      stream.run(this::hear);
      if (head.isEmpty()) {
        throw FailureMapper.nonsense(stream.context(), "it ends without a head", null);
      }
      return new Checked(
          checked, problems, Caller.decoded(head.get(), GrpcAudit::head, stream.context()));
    }

    private void hear(VerifyAuditResponse message) {
      checked = Math.max(checked, message.getChecked());
      listener.checked(checked);
      message.getProblemsList().forEach(listener::problem);
      problems += message.getProblemsCount();
      if (message.hasHead()) {
        head = Optional.of(message.getHead());
      }
    }
  }

  static AuditHead head(io.aifs.proto.v1.AuditHead head) {
    return new AuditHead(head.getStoreId(), head.getSequence(), Digest.parse(head.getDigest()));
  }

  private static io.aifs.proto.v1.AuditHead head(AuditHead head) {
    return io.aifs.proto.v1.AuditHead.newBuilder()
        .setStoreId(head.storeId())
        .setSequence(head.sequence())
        .setDigest(head.digest().hex())
        .build();
  }
}
