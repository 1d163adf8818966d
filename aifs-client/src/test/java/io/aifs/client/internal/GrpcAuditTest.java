package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.Audit;
import io.aifs.client.AuditRecords;
import io.aifs.core.AifsException;
import io.aifs.core.audit.AuditHead;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AuditGrpc;
import io.aifs.proto.v1.GetStatusRequest;
import io.aifs.proto.v1.GetStatusResponse;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.ReadAuditRequest;
import io.aifs.proto.v1.ReadAuditResponse;
import io.aifs.proto.v1.VerifyAuditRequest;
import io.aifs.proto.v1.VerifyAuditResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcAuditTest {
  private static final Digest DIGEST = Digest.of(new byte[] {1});

  private final Scripts fake = new Scripts();
  private final Heard heard = new Heard();
  private TestServer server;

  private final class FakeAudit extends AuditGrpc.AuditImplBase {
    @Override
    public void read(ReadAuditRequest request, StreamObserver<ReadAuditResponse> observer) {
      fake.play(request, observer, ReadAuditResponse.class);
    }

    @Override
    public void verify(VerifyAuditRequest request, StreamObserver<VerifyAuditResponse> observer) {
      fake.play(request, observer, VerifyAuditResponse.class);
    }
  }

  /** Knows which store it is. */
  private static final class FakeStatus extends MaintenanceGrpc.MaintenanceImplBase {
    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
      observer.onNext(GetStatusResponse.newBuilder().setStoreId("store").build());
      observer.onCompleted();
    }
  }

  /** What a check told. */
  private static final class Heard implements Audit.Listener {
    private final List<Object> told = new ArrayList<>();

    @Override
    public void checked(long records) {
      told.add(records);
    }

    @Override
    public void problem(String sentence) {
      told.add(sentence);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(new FakeAudit(), new FakeStatus());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Audit audit() {
    return server.client().audit();
  }

  private static io.aifs.proto.v1.AuditHead head(long sequence) {
    return io.aifs.proto.v1.AuditHead.newBuilder()
        .setStoreId("store")
        .setSequence(sequence)
        .setDigest(DIGEST.hex())
        .build();
  }

  private static ReadAuditResponse records(long last, String... lines) {
    return ReadAuditResponse.newBuilder().addAllRecords(List.of(lines)).setHead(head(last)).build();
  }

  @Test
  void recordsComeInOrderUpToTheNewest() {
    fake.then(Optional.of(Status.OK), records(2, "1", "2"), records(3, "3"));

    try (AuditRecords records = audit().read(new Audit.Start.At(1), false)) {
      assertThat(records.head()).isEmpty();
      List<String> taken = new ArrayList<>();
      records.forEachRemaining(taken::add);
      assertThat(taken).containsExactly("1", "2", "3");
      assertThat(records.head()).hasValue(new AuditHead("store", 3, DIGEST));
      assertThatThrownBy(records::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(fake.requests)
        .containsExactly(ReadAuditRequest.newBuilder().setFromSequence(1).build());
  }

  @Test
  void afterACutItGoesOnWithTheNextRecord() {
    fake.then(Optional.of(Status.UNAVAILABLE), records(7, "6", "7"));
    fake.then(Optional.of(Status.UNAVAILABLE));
    fake.then(Optional.of(Status.OK), records(8, "8"));

    try (AuditRecords records = audit().read(new Audit.Start.Last(2), true)) {
      List<String> taken = new ArrayList<>();
      records.forEachRemaining(taken::add);
      assertThat(taken).containsExactly("6", "7", "8");
    }
    assertThat(fake.requests.getFirst())
        .isEqualTo(ReadAuditRequest.newBuilder().setLast(2).setFollow(true).build());
    assertThat(fake.requests.subList(1, 3))
        .containsOnly(ReadAuditRequest.newBuilder().setFromSequence(8).setFollow(true).build());
  }

  @Test
  void closingEndsTheWait() throws Exception {
    fake.then(Optional.empty());
    AuditRecords records = audit().read(new Audit.Start.Last(1), true);
    List<Boolean> more = new ArrayList<>();
    Thread taker = Thread.ofVirtual().start(() -> more.add(records.hasNext()));
    fake.waiting.await();

    records.close();

    taker.join();
    assertThat(more).containsExactly(false);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    fake.then(Optional.of(Status.PERMISSION_DENIED));
    try (AuditRecords records = audit().read(new Audit.Start.Last(1), false)) {
      assertThatThrownBy(records::hasNext).isInstanceOf(AifsException.Denied.class);
    }
    assertThat(fake.requests).hasSize(1);
  }

  @Test
  void aCheckTellsProblemsAndEndsWithTheHead() {
    fake.then(
        Optional.of(Status.OK),
        VerifyAuditResponse.newBuilder().setChecked(5).addProblems("record 3 is missing").build(),
        VerifyAuditResponse.newBuilder().setChecked(9).setHead(head(9)).build());

    Audit.Checked checked =
        audit()
            .verify(
                List.of(new AuditHead("", 4, DIGEST), new AuditHead("store", 5, DIGEST)), heard);

    assertThat(checked).isEqualTo(new Audit.Checked(9, 1, new AuditHead("store", 9, DIGEST)));
    assertThat(heard.told).containsExactly(5L, "record 3 is missing", 9L);
    assertThat(fake.requests)
        .containsExactly(
            VerifyAuditRequest.newBuilder().addExpected(head(4)).addExpected(head(5)).build());
  }

  @Test
  void aCheckIsTriedAgainUntilItHasBegun() {
    fake.then(Optional.of(Status.UNAVAILABLE));
    fake.then(
        Optional.of(Status.UNAVAILABLE), VerifyAuditResponse.newBuilder().setChecked(5).build());

    assertThatThrownBy(() -> audit().verify(List.of(), heard))
        .isInstanceOf(AifsException.Unavailable.class);
    assertThat(fake.requests).hasSize(2);
  }

  @Test
  void aCheckWithoutAHeadIsNonsense() {
    fake.then(Optional.of(Status.OK), VerifyAuditResponse.newBuilder().setChecked(5).build());

    assertThatThrownBy(() -> audit().verify(List.of(), heard))
        .isInstanceOf(AifsException.Failed.class);
  }
}
