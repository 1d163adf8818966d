package io.aifs.server.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.server.auth.Permission;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every RPC that the server carries, against every kind of token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenMatrixTest {
  private static final String OPEN = "open";
  private static final String ANY = "any";

  /** What each RPC asks of a token. A new RPC fails until it has a row. */
  private static final Map<String, String> EXPECTED = new TreeMap<>();

  static {
    rows("aifs.v1.AIFS", "put", "PutAsset");
    rows(
        "aifs.v1.AIFS",
        "get",
        "GetAsset GetSnapshot GetNamespace VerifyAsset VerifySnapshot GetBranch ListBranches"
            + " GetBranchHistory GetTag ListTags");
    rows("aifs.v1.AIFS", "delete", "DeleteAsset");
    rows("aifs.v1.AIFS", "search", "VectorSearch");
    rows("aifs.v1.AIFS", "list", "ListAssets ListNamespaces");
    rows("aifs.v1.AIFS", "subscribe", "SubscribeEvents");
    rows(
        "aifs.v1.AIFS", "snapshot", "CreateSnapshot CreateBranch DeleteBranch CreateTag DeleteTag");
    rows("aifs.v1.Health", OPEN, "Check");
    rows("aifs.v1.Introspect", ANY, "GetInfo");
    rows("aifs.v1.Admin", "admin", "CreateNamespace PruneSnapshot ManagePolicy");
    rows("aifs.v1.Metrics", "metrics admin", "GetMetrics");
    rows("aifs.v1.Format", "admin", "FormatStorage");
    rows("aifs.v1.Content", "get", "Read ReadMany StatAssets ResolvePrefix");
    rows("aifs.v1.Content", "put get", "MissingChunks");
    rows("aifs.v1.Content", "put", "PutChunks");
    rows("aifs.v1.Tree", "put", "PutFiles MovePath");
    rows("aifs.v1.Tree", "get", "StatPaths GetUsage");
    rows("aifs.v1.Tree", "list", "ListPaths");
    rows("aifs.v1.Tree", "delete", "RemovePaths");
    rows(
        "aifs.v1.Refs",
        "get",
        "DescribeBranch ListBranchInfos ListBranchMoves ListTagInfos ListSigningKeys");
    rows("aifs.v1.Refs", "snapshot", "StartBranch MoveBranch EndBranch MakeTag");
    rows("aifs.v1.Refs", "admin", "ProtectBranch RotateSigningKey");
    rows(
        "aifs.v1.History",
        "get",
        "DescribeSnapshot ListSnapshots ListSnapshotAssets CheckSnapshot ProveEntry Log Diff");
    rows("aifs.v1.History", "snapshot", "TakeSnapshot Merge Revert");
    rows("aifs.v1.History", "put", "Checkout");
    rows("aifs.v1.Maintenance", ANY, "GetStatus");
    rows("aifs.v1.Maintenance", "get", "Verify");
    rows("aifs.v1.Maintenance", "admin", "Fsck ListJobs RunJob CancelJob Collect UndoCollection");
    rows("grpc.health.v1.Health", OPEN, "Check");
    rows("grpc.reflection.v1.ServerReflection", ANY, "ServerReflectionInfo");
    rows("grpc.reflection.v1alpha.ServerReflection", ANY, "ServerReflectionInfo");
  }

  private static void rows(String service, String needs, String methods) {
    for (String method : methods.split(" ", -1)) {
      EXPECTED.put(service + "/" + method, needs);
    }
  }

  private EdgeFixture fixture;
  private Channel channel;
  private Channel devChannel;
  private EdgeFixture devFixture;

  @BeforeAll
  void open(@TempDir Path directory, @TempDir Path devDirectory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = fixture.inProcess();
    devFixture = EdgeFixture.open(devDirectory, EdgeFixture.Options.DEFAULT.withDev());
    devChannel = devFixture.inProcess();
  }

  @AfterAll
  void close() throws IOException {
    fixture.close();
    devFixture.close();
  }

  /** Health's Watch never ends by itself; {@link #watchingHealthNeedsNoToken} has it. */
  List<MethodDescriptor<?, ?>> methods() {
    return fixture.edge().methods().stream()
        .filter(method -> !method.getFullMethodName().equals("grpc.health.v1.Health/Watch"))
        .<MethodDescriptor<?, ?>>map(method -> method)
        .toList();
  }

  @Test
  void everyRpcHasARow() {
    assertThat(methods().stream().map(MethodDescriptor::getFullMethodName))
        .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
  }

  private static String needs(MethodDescriptor<?, ?> method) {
    return requireNonNull(EXPECTED.get(method.getFullMethodName()), "the RPC has no row");
  }

  private StatusRuntimeException call(MethodDescriptor<?, ?> method, String token) {
    return RawCalls.end(EdgeFixture.withToken(channel, token), method);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void withoutATokenOnlyOpenMethodsAnswer(MethodDescriptor<?, ?> method) {
    StatusRuntimeException end = RawCalls.end(channel, method);

    if (needs(method).equals(OPEN)) {
      assertAllowed(end);
    } else {
      WireFailure.of(end).is(Code.UNAUTHENTICATED, Reason.TOKEN_MISSING);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aGarbageTokenIsDenied(MethodDescriptor<?, ?> method) {
    assertRefused(method, call(method, "garbage"), Reason.TOKEN_INVALID);
    assertRefused(
        method,
        RawCalls.end(EdgeFixture.with(channel, "authorization", "garbage"), method),
        Reason.TOKEN_INVALID);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anExpiredTokenIsDenied(MethodDescriptor<?, ?> method) {
    assertRefused(method, call(method, TestTokens.expired()), Reason.TOKEN_EXPIRED);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aTamperedTokenIsDenied(MethodDescriptor<?, ?> method) {
    assertRefused(method, call(method, TestTokens.tampered()), Reason.TOKEN_INVALID);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aGoodTokenIsLetThrough(MethodDescriptor<?, ?> method) {
    assertAllowed(call(method, TestTokens.admin()));
    String bare = TestTokens.admin();
    assertAllowed(RawCalls.end(EdgeFixture.with(channel, "authorization", bare), method));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aTokenForExactlyTheRightMethodIsLetThrough(MethodDescriptor<?, ?> method) {
    for (String word : words(method).toList()) {
      assertAllowed(call(method, TestTokens.with("methods = " + word)));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aTokenForAllOtherMethodsIsDenied(MethodDescriptor<?, ?> method) {
    List<String> right = words(method).toList();
    String others =
        String.join(
            ",",
            Arrays.stream(Permission.values())
                .map(Permission::word)
                .filter(word -> !right.contains(word))
                .toList());
    StatusRuntimeException end = call(method, TestTokens.with("methods = " + others));

    if (right.isEmpty()) {
      assertAllowed(end);
    } else {
      WireFailure.of(end).is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void inDevModeNoTokenIsNeededButOneThatIsSentMustBeGood(MethodDescriptor<?, ?> method) {
    assertAllowed(RawCalls.end(devChannel, method));
    assertRefused(
        method,
        RawCalls.end(EdgeFixture.withToken(devChannel, TestTokens.tampered()), method),
        Reason.TOKEN_INVALID);
  }

  @Test
  void watchingHealthNeedsNoToken() {
    var watch =
        io.grpc.health.v1.HealthGrpc.newBlockingStub(channel)
            .watch(io.grpc.health.v1.HealthCheckRequest.getDefaultInstance());

    assertThat(watch.next().getStatus())
        .isEqualTo(io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING);
  }

  private static Stream<String> words(MethodDescriptor<?, ?> method) {
    String needs = needs(method);
    return needs.equals(OPEN) || needs.equals(ANY)
        ? Stream.empty()
        : Arrays.stream(needs.split(" ", -1));
  }

  private static void assertRefused(
      MethodDescriptor<?, ?> method, StatusRuntimeException end, Reason reason) {
    if (needs(method).equals(OPEN)) {
      assertAllowed(end);
    } else {
      WireFailure.of(end).is(Code.PERMISSION_DENIED, reason);
    }
  }

  private static void assertAllowed(StatusRuntimeException end) {
    assertThat(end.getStatus().getCode())
        .as(String.valueOf(end.getStatus()))
        .isNotIn(Code.UNAUTHENTICATED, Code.PERMISSION_DENIED, Code.INTERNAL, Code.UNKNOWN);
  }
}
