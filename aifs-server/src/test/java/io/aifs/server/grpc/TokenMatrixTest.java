package io.aifs.server.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.GeneratedMessage.GeneratedExtension;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Macaroon;
import io.aifs.proto.v1.Options;
import io.aifs.server.TestStore;
import io.aifs.server.auth.Permission;
import io.aifs.server.auth.TokenState;
import io.aifs.server.auth.TokenVerifier;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What each RPC asks of a token: any of the words, {@code &} both. A new one needs a row. */
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
    rows("aifs.v1.Tree", "put", "PutFiles");
    rows("aifs.v1.Tree", "put&get", "MovePath");
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
    rows("aifs.v1.History", "snapshot", "TakeSnapshot");
    rows("aifs.v1.History", "snapshot&get", "Merge Revert");
    rows("aifs.v1.History", "put&get", "Checkout");
    rows("aifs.v1.Lineage", "put&get", "AddParents");
    rows("aifs.v1.Lineage", "get", "Traverse FindPath Why");
    rows("aifs.v1.Policies", "get", "GetPolicy ListPolicyVersions CheckPolicy");
    rows("aifs.v1.Policies", "admin", "SetPolicy");
    rows("aifs.v1.Maintenance", ANY, "GetStatus");
    rows("aifs.v1.Maintenance", "get", "Verify");
    rows("aifs.v1.Maintenance", "admin", "Fsck ListJobs RunJob CancelJob Collect UndoCollection");
    rows("aifs.v1.Audit", "admin", "Read Verify");
    rows("aifs.v1.Search", "search", "Search ListSpaces");
    rows("aifs.v1.Search", "put&search", "CreateSpace");
    rows("aifs.v1.Search", "put&get", "PutEmbeddings");
    rows("aifs.v1.Search", "delete&get", "RemoveEmbeddings");
    rows("aifs.v1.Search", "admin", "ListQuarantine ReviewQuarantine DropIndex BuildIndex");
    rows("aifs.v1.Tensors", "get", "DescribeTensors TensorStatistics ReadSlice DiffTensors");
    rows("aifs.v1.Associations", "put&get", "DeclareType Put");
    rows("aifs.v1.Associations", "delete&get", "Delete");
    rows("aifs.v1.Associations", "get", "ListTypes Query");
    rows("aifs.v1.Transactions", "put", "Begin Stage Commit Abort Renew Get List Apply");
    rows("aifs.v1.Tokens", "admin", "Mint Revoke List ListRevoked RotateRootKey");
    rows("aifs.v1.Tokens", ANY, "Describe");
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
    Clock clock = Clock.systemUTC();
    TokenState state = TestTokens.state();
    fixture =
        EdgeFixture.over(
            TestStore.create(directory, clock),
            EdgeFixture.Options.DEFAULT,
            clock,
            new TokenVerifier(state, clock));
    var _ =
        fixture
            .engine()
            .namespaces()
            .create(new Name("other"), "of somebody else", Map.of(), Optional.empty());
    state.revocations().addFamily("revoked");
    state.revocations().addToken(Macaroon.parse(TestTokens.with("client = local")).id());
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
  void aTokenThatBeginsLaterIsDenied(MethodDescriptor<?, ?> method) {
    assertRefused(
        method,
        call(method, TestTokens.with("not-before = 2200-01-01T00:00:00Z")),
        Reason.TOKEN_NOT_YET_VALID);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aTokenForOtherAddressesIsDenied(MethodDescriptor<?, ?> method) {
    assertRefused(
        method, call(method, TestTokens.with("client = 10.0.0.0/8")), Reason.TOKEN_NOT_ALLOWED);
    assertAllowed(call(method, TestTokens.with("client = 10.0.0.0/8,local")));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aRevokedTokenIsDenied(MethodDescriptor<?, ?> method) {
    assertRefused(method, call(method, TestTokens.ofFamily("revoked")), Reason.TOKEN_REVOKED);
    assertRefused(
        method,
        call(method, TestTokens.ofFamily("revoked", "methods = get")),
        Reason.TOKEN_REVOKED);
    assertRefused(method, call(method, TestTokens.with("client = local")), Reason.TOKEN_REVOKED);
    assertRefused(
        method,
        call(method, TestTokens.with("client = local", "methods = get")),
        Reason.TOKEN_REVOKED);
    assertAllowed(call(method, TestTokens.ofFamily("another")));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aTokenWithACaveatThatNobodyKnowsIsDenied(MethodDescriptor<?, ?> method) {
    assertRefused(method, call(method, TestTokens.with("colour = red")), Reason.TOKEN_INVALID);
  }

  /** The holder of a token can add to it; nobody can without making it good for nothing. */
  @ParameterizedTest
  @MethodSource("methods")
  void aCaveatThatIsAddedToTheBytesOnlyIsDenied(MethodDescriptor<?, ?> method) {
    for (String caveat : List.of("methods = get", "colour = red")) {
      String token = TokenBytes.withCaveatAppended(TestTokens.admin(), caveat);
      assertThat(Macaroon.parse(token).caveats()).containsExactly(caveat);
      assertRefused(method, call(method, token), Reason.TOKEN_INVALID);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aCaveatThatIsLeftOutOfTheBytesIsDenied(MethodDescriptor<?, ?> method) {
    String narrow = TestTokens.with("methods = get", "namespace = default");
    assertRefused(method, call(method, TokenBytes.withoutLastCaveat(narrow)), Reason.TOKEN_INVALID);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aCaveatThatTheHolderAddsNarrows(MethodDescriptor<?, ?> method) {
    Macaroon good = Macaroon.parse(TestTokens.admin());
    List<String> right = words(method).toList();
    String allowed = right.isEmpty() ? "get" : String.join(",", right) + also(method);
    assertAllowed(call(method, good.attenuate("methods = " + allowed).serialize()));

    assertRefused(
        method,
        call(method, good.attenuate("expires = 2020-01-01T00:00:00Z").serialize()),
        Reason.TOKEN_EXPIRED);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aTokenForSomeNamespacesMakesNoCallAboutTheWholeStore(MethodDescriptor<?, ?> method) {
    StatusRuntimeException end = call(method, TestTokens.with("namespace = default"));
    // A message that names no asset means all of them, of every namespace.
    boolean unlessNamed = method.getFullMethodName().equals("aifs.v1.Maintenance/UndoCollection");
    if (option(method, Options.storeWide) || unlessNamed) {
      WireFailure.of(end).is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
    } else if (end.getStatus().getCode() == Code.PERMISSION_DENIED) {
      // Some are about the whole store if their message names nothing.
      assertThat(end.getStatus().getDescription()).startsWith("the call is about the whole store");
    } else {
      assertAllowed(end);
    }
  }

  /** A call that names a namespace is told the same of one that is not there. */
  @ParameterizedTest
  @MethodSource("methods")
  void aTokenForAnotherNamespaceIsDenied(MethodDescriptor<?, ?> method) {
    Optional<FieldDescriptor> field = namespaceField(method);
    if (field.isEmpty()) {
      return;
    }
    List<WireFailure> ends = new ArrayList<>();
    for (String namespace : List.of("other", "fifth")) {
      byte[] message =
          DynamicMessage.newBuilder(field.get().getContainingType())
              .setField(field.get(), namespace)
              .build()
              .toByteArray();
      Channel mine = EdgeFixture.withToken(channel, TestTokens.with("namespace = default"));
      WireFailure end = WireFailure.of(RawCalls.end(mine, method, message));
      assertThat(end.exception().getStatus().getCode())
          .as(end.status().getMessage())
          .isIn(Code.PERMISSION_DENIED, Code.INVALID_ARGUMENT, Code.UNIMPLEMENTED);
      ends.add(end);
    }
    assertThat(ends.get(1).exception().getStatus().getCode())
        .isEqualTo(ends.get(0).exception().getStatus().getCode());
    assertThat(ends.get(1).status().getMessage())
        .isEqualTo(ends.get(0).status().getMessage().replace("other", "fifth"));
  }

  private static Optional<FieldDescriptor> namespaceField(MethodDescriptor<?, ?> method) {
    return schema(method).stream()
        .flatMap(one -> one.getInputType().getFields().stream())
        .filter(field -> field.getName().matches("namespace|namespace_id"))
        .findFirst();
  }

  /** What cannot be kept to a part of a namespace is refused to a token that must be. */
  @ParameterizedTest
  @MethodSource("methods")
  void aRestrictedTokenMakesOnlyCallsThatCanBeKeptToIt(MethodDescriptor<?, ?> method) {
    for (String caveat :
        List.of("path = a", "ref = v1", "kind = tensor", "asset = " + "ab".repeat(32))) {
      StatusRuntimeException end = call(method, TestTokens.with(caveat));
      if (words(method).findAny().isEmpty()) {
        assertAllowed(end);
      } else if (option(method, Options.restricted)) {
        assertThat(end.getStatus().getCode())
            .as(String.valueOf(end.getStatus()))
            .isNotIn(Code.UNAUTHENTICATED, Code.INTERNAL, Code.UNKNOWN);
      } else {
        WireFailure.of(end).is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aTokenThatLacksWhatIsAskedForAsWellIsDenied(MethodDescriptor<?, ?> method) {
    for (String word : words(method).toList()) {
      StatusRuntimeException end = call(method, TestTokens.with("methods = " + word));
      if (also(method).isEmpty() || also(method).equals("," + word)) {
        assertAllowed(end);
      } else {
        WireFailure.of(end).is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
      }
    }
  }

  private static Optional<Descriptors.MethodDescriptor> schema(MethodDescriptor<?, ?> method) {
    return method.getServiceName() != null
            && method.getServiceName().startsWith("aifs.")
            && method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier
        ? Optional.of(supplier.getMethodDescriptor())
        : Optional.empty();
  }

  private static boolean option(
      MethodDescriptor<?, ?> method, GeneratedExtension<MethodOptions, Boolean> option) {
    return schema(method).filter(one -> one.getOptions().getExtension(option)).isPresent();
  }

  /** The methods that are needed as well, each after a comma. */
  private static String also(MethodDescriptor<?, ?> method) {
    String needs = needs(method);
    int and = needs.indexOf('&');
    return and < 0 ? "" : "," + needs.substring(and + 1);
  }

  /** Each byte of a token on one call, and one of them on all. */
  @ParameterizedTest
  @MethodSource("methods")
  void aTokenWithOneChangedByteIsDenied(MethodDescriptor<?, ?> method) {
    byte[] good = Base64.getUrlDecoder().decode(TestTokens.with("methods = get"));
    boolean all = method.getFullMethodName().equals("aifs.v1.Introspect/GetInfo");
    int some = Math.floorMod(method.getFullMethodName().hashCode(), good.length);
    for (int at = 0; at < good.length; at++) {
      if ((all || at == some) && !TokenBytes.isInLocation(good, at)) {
        byte[] changed = good.clone();
        changed[at] ^= (byte) (1 << at % 8);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
        assertRefused(method, call(method, token), Reason.TOKEN_INVALID);
      }
    }
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
      assertAllowed(call(method, TestTokens.with("methods = " + word + also(method))));
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
        : Arrays.stream(needs.replaceFirst("&.*", "").split(" ", -1));
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
