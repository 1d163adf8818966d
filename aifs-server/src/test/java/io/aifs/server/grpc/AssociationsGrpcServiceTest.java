package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.AssociationAnswer;
import io.aifs.proto.v1.AssociationName;
import io.aifs.proto.v1.AssociationQuery;
import io.aifs.proto.v1.AssociationRange;
import io.aifs.proto.v1.AssociationTimeRange;
import io.aifs.proto.v1.AssociationTypeInfo;
import io.aifs.proto.v1.AssociationWrite;
import io.aifs.proto.v1.AssociationsGrpc;
import io.aifs.proto.v1.CountAssociations;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.DeclareTypeRequest;
import io.aifs.proto.v1.DeleteAssociationsRequest;
import io.aifs.proto.v1.FoundAssociation;
import io.aifs.proto.v1.GetAssociations;
import io.aifs.proto.v1.ListTypesRequest;
import io.aifs.proto.v1.PutAssociationsRequest;
import io.aifs.proto.v1.PutAssociationsResponse;
import io.aifs.proto.v1.QueryAssociationsRequest;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Associations over the wire: what is said of them, and each way to ask for it wrongly. */
class AssociationsGrpcServiceTest extends HistoryEdge {
  private AssociationsGrpc.AssociationsBlockingStub stub;
  private final String file = "asset:" + Digest.of("one".getBytes(StandardCharsets.UTF_8)).hex();

  @BeforeEach
  void declareTypes() {
    stub = AssociationsGrpc.newBlockingStub(channel);
    put("", "a", "one");
    assertThat(declare("produced", "produced-by", false).getInverse()).isEqualTo("produced-by");
    assertThat(declare("alike", "", true).getSymmetric()).isTrue();
    assertThat(declare("seen", "", false).getInverse()).isEmpty();
  }

  private AssociationTypeInfo declare(String name, String inverse, boolean symmetric) {
    return stub.declareType(
        DeclareTypeRequest.newBuilder()
            .setName(name)
            .setInverse(inverse)
            .setSymmetric(symmetric)
            .build());
  }

  private static AssociationWrite write(String id1, String type, String id2) {
    return AssociationWrite.newBuilder().setId1(id1).setType(type).setId2(id2).build();
  }

  private static AssociationWrite write(String id1, String type, String id2, long time) {
    return write(id1, type, id2).toBuilder()
        .setTimeNanos(time)
        .setData(ByteString.copyFromUtf8("at " + time))
        .build();
  }

  private PutAssociationsResponse put(AssociationWrite... writes) {
    return stub.put(
        PutAssociationsRequest.newBuilder().addAllAssociations(List.of(writes)).build());
  }

  private int delete(String id1, String type, String id2) {
    AssociationName name =
        AssociationName.newBuilder().setId1(id1).setType(type).setId2(id2).build();
    return stub.delete(DeleteAssociationsRequest.newBuilder().addAssociations(name).build())
        .getDeleted();
  }

  private static AssociationQuery.Builder of(String id1, String type) {
    return AssociationQuery.newBuilder().setId1(id1).setType(type);
  }

  private List<AssociationAnswer> query(AssociationQuery.Builder... queries) {
    QueryAssociationsRequest.Builder request = QueryAssociationsRequest.newBuilder();
    for (AssociationQuery.Builder query : queries) {
      request.addQueries(query);
    }
    return stub.query(request.build()).getAnswersList();
  }

  private static AssociationQuery.Builder range(String id1, String type, int limit, String token) {
    return of(id1, type)
        .setRange(AssociationRange.newBuilder().setLimit(limit).setPageToken(token));
  }

  private void refused(Code code, Reason reason, Runnable call) {
    assertRefused(code, reason, call);
  }

  @Test
  void oneCallAnswersManyQuestionsOfOneInstant() {
    put(
        write("run:1", "produced", file, 5),
        write("run:1", "seen", "git:abc", 6),
        write("ref:main", "alike", "run:1", 7));

    List<AssociationAnswer> answers =
        query(
            of("run:1", "produced")
                .setGet(GetAssociations.newBuilder().addId2(file).addId2("git:abc")),
            of(file, "produced-by").setCount(CountAssociations.getDefaultInstance()),
            range("run:1", "alike", 0, ""),
            of("run:1", "seen").setTimeRange(AssociationTimeRange.newBuilder().setLowNanos(7)),
            of("run:2", "seen").setCount(CountAssociations.getDefaultInstance()));

    FoundAssociation produced = answers.get(0).getAssociations(0);
    assertThat(produced.getId2()).isEqualTo(file);
    assertThat(produced.getTimeNanos()).isEqualTo(5);
    assertThat(produced.getData().toStringUtf8()).isEqualTo("at 5");
    assertThat(answers.get(0).getAssociationsCount()).isEqualTo(1);
    assertThat(answers.get(1).getCount()).isEqualTo(1);
    assertThat(answers.get(2).getAssociations(0).getId2()).isEqualTo("ref:main");
    assertThat(answers.get(3).getAssociationsList()).isEmpty();
    assertThat(answers.get(4).getCount()).isZero();
  }

  @Test
  void writtenAgainItIsUpdatedAndARetryGivesTheFirstOutcome() {
    PutAssociationsRequest request =
        PutAssociationsRequest.newBuilder()
            .addAssociations(write("run:1", "seen", "git:abc"))
            .setRequestId("r1")
            .build();
    PutAssociationsResponse first = stub.put(request);
    assertThat(first.getCreated()).isEqualTo(1);
    assertThat(first.getVersion()).isPositive();
    assertThat(stub.put(request)).isEqualTo(first);

    PutAssociationsResponse again = put(write("run:1", "seen", "git:abc", 9));
    assertThat(again.getCreated()).isZero();
    assertThat(again.getUpdated()).isEqualTo(1);
    assertThat(again.getVersion()).isGreaterThan(first.getVersion());
    refused(
        Code.INVALID_ARGUMENT,
        Reason.REQUEST_ID_REUSED,
        () ->
            assertThat(
                    stub.put(
                        request.toBuilder()
                            .addAssociations(write("run:2", "seen", "git:abc"))
                            .build()))
                .isNull());
    assertThat(delete("run:1", "seen", "git:abc")).isEqualTo(1);
    assertThat(delete("run:1", "seen", "git:abc")).isZero();
  }

  @Test
  void typesAreListedWithThoseOfLineage() {
    assertThat(stub.listTypes(ListTypesRequest.getDefaultInstance()).getTypesList())
        .extracting(AssociationTypeInfo::getName)
        .containsExactly("alike", "made-from", "made-into", "produced", "produced-by", "seen");
    assertThat(declare("produced-by", "produced", false).getInverse()).isEqualTo("produced");
    assertThat(declare("alike", "", true).getSymmetric()).isTrue();
  }

  @Test
  void typeIsRefusedInAnotherFormOrWithATakenInverse() {
    refused(
        Code.ALREADY_EXISTS,
        Reason.ASSOCIATION_TYPE_EXISTS,
        () -> assertThat(declare("produced", "", false)).isNull());
    refused(
        Code.ALREADY_EXISTS,
        Reason.ASSOCIATION_TYPE_EXISTS,
        () -> assertThat(declare("made", "produced-by", false)).isNull());
    refused(
        Code.ALREADY_EXISTS,
        Reason.ASSOCIATION_TYPE_EXISTS,
        () -> assertThat(declare("alike", "seen", false)).isNull());
    refused(
        Code.ALREADY_EXISTS,
        Reason.ASSOCIATION_TYPE_EXISTS,
        () -> assertThat(declare("x", "made-from", false)).isNull());
    refused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () -> assertThat(declare("x", "x", false)).isNull());
    refused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () -> assertThat(declare("x", "y", true)).isNull());
    refused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () -> assertThat(declare("No Name", "", false)).isNull());
  }

  @Test
  void wrongWritesAreRefusedAndNothingOfTheirBatchStays() {
    AssociationWrite good = write("run:1", "seen", "git:abc");
    String lost = "asset:" + "0".repeat(64);
    refused(
        Code.NOT_FOUND,
        Reason.ASSOCIATION_TYPE_NOT_FOUND,
        () -> put(good, write("run:1", "nobody", "run:2")));
    refused(
        Code.FAILED_PRECONDITION,
        Reason.ENDPOINT_NOT_FOUND,
        () -> put(good, write("run:1", "seen", lost)));
    refused(
        Code.FAILED_PRECONDITION,
        Reason.ENDPOINT_NOT_FOUND,
        () -> put(good, write("snap:" + UNKNOWN, "seen", "run:1")));
    refused(
        Code.FAILED_PRECONDITION,
        Reason.ENDPOINT_NOT_FOUND,
        () -> put(good, write("ref:nobody", "seen", "run:1")));
    refused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () -> put(good, write(file, "made-from", file)));
    for (String id :
        List.of("", "run", "run:", "Run:1", "asset:12", "ref:No", "aifs:x", "run:a\nb")) {
      refused(
          Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID, () -> put(good, write(id, "seen", file)));
    }
    refused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () -> put(good, write("run:" + "x".repeat(1_021), "seen", file)));
    ByteString large = ByteString.copyFrom(new byte[Limits.ASSOCIATION_DATA_BYTES_MAX + 1]);
    refused(
        Code.INVALID_ARGUMENT,
        Reason.LIMIT_EXCEEDED,
        () -> put(good, good.toBuilder().setData(large).build()));

    assertThat(
            query(of("run:1", "seen").setCount(CountAssociations.getDefaultInstance()))
                .get(0)
                .getCount())
        .isZero();
  }

  @Test
  void largestBatchFitsAndALargerOneDoesNot() {
    PutAssociationsRequest.Builder request = PutAssociationsRequest.newBuilder();
    for (int i = 0; i < Limits.BATCH_ENTRIES_MAX; i++) {
      request.addAssociations(write("run:" + i, "produced", file));
    }
    assertThat(stub.put(request.build()).getCreated()).isEqualTo(Limits.BATCH_ENTRIES_MAX);
    request.addAssociations(write("run:x", "produced", file));
    refused(
        Code.INVALID_ARGUMENT,
        Reason.LIMIT_EXCEEDED,
        () -> assertThat(stub.put(request.build())).isNull());
    PutAssociationsRequest.Builder heavy = PutAssociationsRequest.newBuilder();
    ByteString data = ByteString.copyFrom(new byte[Limits.ASSOCIATION_DATA_BYTES_MAX]);
    for (int i = 0; i < 130; i++) {
      heavy.addAssociations(write("run:" + i, "seen", file).toBuilder().setData(data));
    }
    refused(
        Code.INVALID_ARGUMENT,
        Reason.LIMIT_EXCEEDED,
        () -> assertThat(stub.put(heavy.build())).isNull());
  }

  @Test
  void answersStayWithinAMessageAndPagesEndEarlierForIt() {
    ByteString data = ByteString.copyFrom(new byte[Limits.ASSOCIATION_DATA_BYTES_MAX]);
    for (int batch = 0; batch < 2; batch++) {
      PutAssociationsRequest.Builder heavy = PutAssociationsRequest.newBuilder();
      for (int i = 0; i < 100; i++) {
        heavy.addAssociations(
            write("run:1", "seen", "n:" + batch + "." + i, i).toBuilder().setData(data));
      }
      assertThat(stub.put(heavy.build()).getCreated()).isEqualTo(100);
    }
    AssociationAnswer page = query(range("run:1", "seen", 1_000, "")).get(0);
    assertThat(page.getAssociationsCount()).isBetween(100, 150);
    assertThat(page.getNextPageToken()).isNotEmpty();
    assertThat(
            query(range("run:1", "seen", 1_000, page.getNextPageToken()))
                .get(0)
                .getAssociationsCount())
        .isEqualTo(200 - page.getAssociationsCount());
    AssociationQuery.Builder heavy = range("run:1", "seen", 1_000, "");
    refused(
        Code.RESOURCE_EXHAUSTED,
        Reason.LIMIT_EXCEEDED,
        () -> query(heavy, heavy, heavy, heavy, heavy));
  }

  @Test
  void endOfAnotherNamespaceIsNotThere() {
    assertThat(
            AdminGrpc.newBlockingStub(channel)
                .createNamespace(CreateNamespaceRequest.newBuilder().setName("other").build())
                .getSuccess())
        .isTrue();
    assertThat(
            stub.declareType(
                    DeclareTypeRequest.newBuilder().setNamespace("other").setName("seen").build())
                .getName())
        .isEqualTo("seen");
    refused(
        Code.FAILED_PRECONDITION,
        Reason.ENDPOINT_NOT_FOUND,
        () ->
            assertThat(
                    stub.put(
                        PutAssociationsRequest.newBuilder()
                            .setNamespace("other")
                            .addAssociations(write("run:1", "seen", file))
                            .build()))
                .isNull());
    refused(
        Code.NOT_FOUND,
        Reason.ASSOCIATION_TYPE_NOT_FOUND,
        () ->
            assertThat(
                    stub.query(
                        QueryAssociationsRequest.newBuilder()
                            .setNamespace("other")
                            .addQueries(range("run:1", "produced", 1, ""))
                            .build()))
                .isNull());
  }

  @Test
  void pagesGoOnWhereTheyEndedWhateverIsWrittenMeanwhile() {
    for (int i = 1; i <= 7; i++) {
      put(write("run:1", "seen", "n:" + i, i));
    }
    List<Long> times = new ArrayList<>();
    String token = "";
    do {
      AssociationAnswer page = query(range("run:1", "seen", 3, token)).get(0);
      page.getAssociationsList().forEach(found -> times.add(found.getTimeNanos()));
      token = page.getNextPageToken();
      put(write("run:1", "seen", "n:new" + times.size(), 100 + times.size()));
    } while (!token.isEmpty());
    assertThat(times).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void wrongQueriesAreRefused() {
    refused(Code.INVALID_ARGUMENT, Reason.ARGUMENT_MISSING, () -> query(of("run:1", "seen")));
    refused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () ->
            query(
                of("run:1", "seen")
                    .setTimeRange(
                        AssociationTimeRange.newBuilder().setLowNanos(2).setHighNanos(1))));
    refused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () ->
            query(
                of("run:1", "seen")
                    .setGet(GetAssociations.newBuilder().setLowNanos(2).setHighNanos(1))));
    for (String token : List.of("x", "!", "MXI", "MXIxIDk5IHJ1bjox", "MWFydW46MQ")) {
      refused(
          Code.INVALID_ARGUMENT,
          Reason.ARGUMENT_INVALID,
          () -> query(range("run:1", "seen", 1, token)));
    }
    refused(
        Code.INVALID_ARGUMENT,
        Reason.ARGUMENT_INVALID,
        () -> query(range("run:1", "seen", -1, "")));
    refused(
        Code.INVALID_ARGUMENT,
        Reason.LIMIT_EXCEEDED,
        () ->
            query(
                of("run:1", "seen")
                    .setRange(
                        AssociationRange.newBuilder()
                            .setPosition(Limits.ASSOCIATION_POSITION_MAX + 1))));
    refused(
        Code.NOT_FOUND,
        Reason.ASSOCIATION_TYPE_NOT_FOUND,
        () -> query(range("run:1", "nobody", 1, "")));
    AssociationQuery.Builder count =
        of("run:1", "seen").setCount(CountAssociations.getDefaultInstance());
    AssociationQuery.Builder[] many = new AssociationQuery.Builder[Limits.BATCH_ENTRIES_MAX + 1];
    Arrays.fill(many, count);
    refused(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED, () -> query(many));
  }
}
