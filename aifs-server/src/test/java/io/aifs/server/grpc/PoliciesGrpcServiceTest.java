package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.PreconditionFailure;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.CheckPolicyRequest;
import io.aifs.proto.v1.CheckPolicyResponse;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.GetPolicyRequest;
import io.aifs.proto.v1.ListPolicyVersionsRequest;
import io.aifs.proto.v1.ManagePolicyRequest;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.PolicyInfo;
import io.aifs.proto.v1.PolicySubject;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.SetPolicyRequest;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies over the wire: set, tried, obeyed by every kind of put, taken back. */
class PoliciesGrpcServiceTest {
  private static final String LICENSED =
      "{\"version\": 1, \"metadata\": {\"TENSOR\": {\"required\": [\"license\"]}}}";
  private static final String BLOBS_ONLY = "{\"version\": 1, \"kinds\": [\"BLOB\"]}";

  private EdgeFixture fixture;
  private Channel channel;
  private PoliciesGrpc.PoliciesBlockingStub policies;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    policies = PoliciesGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private PolicyInfo set(String document) {
    return policies.setPolicy(
        SetPolicyRequest.newBuilder().setDocument(document).setReason("rules").build());
  }

  private PolicyInfo current() {
    return policies.getPolicy(GetPolicyRequest.getDefaultInstance());
  }

  private static PutAssetRequest message(String content, AssetKind kind) {
    return Upload.message(content.getBytes(UTF_8)).toBuilder().setKind(kind).build();
  }

  private WireFailure refused(PutAssetRequest message) {
    return WireFailure.of(() -> Upload.begin(channel).send(message).finish())
        .is(Code.FAILED_PRECONDITION, Reason.POLICY_VIOLATED);
  }

  private static FilePut file(String path, String content, AssetKind kind) {
    return FilePut.newBuilder()
        .setPath(path)
        .setData(ByteString.copyFromUtf8(content))
        .setKind(kind)
        .build();
  }

  private void putFiles(FilePut... files) {
    var _ =
        TreeGrpc.newBlockingStub(channel)
            .putFiles(PutFilesRequest.newBuilder().addAllFiles(List.of(files)).build());
  }

  @Test
  void thereIsNoneUntilOneIsSet() {
    assertThat(current().getVersion()).isZero();
    assertThat(current().getDocument()).isEmpty();
    assertThat(Upload.put(channel, "free".getBytes(UTF_8)).getAssetId()).isNotEmpty();
  }

  @Test
  void putThatBreaksARuleIsRefusedNamingRuleAndPlace() {
    PolicyInfo info = set(LICENSED);
    assertThat(info.getVersion()).isEqualTo(1);
    assertThat(info.getSetBy()).isNotEmpty();
    assertThat(info.getReason()).isEqualTo("rules");

    WireFailure refused = refused(message("weights", AssetKind.TENSOR));
    assertThat(refused.status().getMessage())
        .contains("/metadata/TENSOR/required", "metadata.license", "version 1");
    PreconditionFailure detail = refused.detail(PreconditionFailure.class).orElseThrow();
    assertThat(detail.getViolations(0).getType()).isEqualTo("/metadata/TENSOR/required");
    assertThat(detail.getViolations(0).getSubject()).isEqualTo("metadata.license");

    PutAssetRequest good =
        message("weights", AssetKind.TENSOR).toBuilder().putMetadata("license", "MIT").build();
    assertThat(Upload.begin(channel).send(good).finish().getAssetId()).isNotEmpty();
    assertThat(Upload.put(channel, "a blob".getBytes(UTF_8)).getAssetId()).isNotEmpty();
  }

  @Test
  void blobThatBecomesATensorIsATensorToThePolicy() {
    Upload.put(channel, "weights".getBytes(UTF_8));
    set(LICENSED);

    refused(message("weights", AssetKind.TENSOR));
  }

  @Test
  void metadataThatWasThereCountsWithWhatIsAdded() {
    var _ =
        Upload.begin(channel)
            .send(message("weights", AssetKind.BLOB).toBuilder().putMetadata("a", "1").build())
            .finish();
    set("{\"version\": 1, \"metadata\": {\"*\": {\"maxProperties\": 1}}}");

    refused(message("weights", AssetKind.BLOB).toBuilder().putMetadata("b", "2").build());
    var _ =
        Upload.begin(channel)
            .send(message("weights", AssetKind.BLOB).toBuilder().putMetadata("a", "2").build())
            .finish();
  }

  @Test
  void batchIsRefusedWholeNamingTheFile() {
    set(BLOBS_ONLY);

    WireFailure.of(
            () ->
                putFiles(
                    file("good.txt", "good", AssetKind.BLOB),
                    file("model/bad.bin", "bad", AssetKind.TENSOR)))
        .is(Code.FAILED_PRECONDITION, Reason.POLICY_VIOLATED)
        .status();
    WireFailure failure =
        WireFailure.of(() -> putFiles(file("model/bad.bin", "bad", AssetKind.TENSOR)));
    assertThat(failure.status().getMessage()).contains("'model/bad.bin'", "/kinds");
    putFiles(file("good.txt", "good", AssetKind.BLOB));
  }

  @Test
  void sizeIsLimitedThoughItIsKnownOnlyInTheEnd() {
    set("{\"version\": 1, \"limits\": {\"asset_bytes_max\": 5}}");

    refused(message("123456", AssetKind.BLOB));
    assertThat(Upload.put(channel, "12345".getBytes(UTF_8)).getAssetId()).isNotEmpty();
  }

  @Test
  void expectedVersionIsCompared() {
    SetPolicyRequest first =
        SetPolicyRequest.newBuilder().setDocument(LICENSED).setExpectedVersion(0).build();
    assertThat(policies.setPolicy(first).getVersion()).isEqualTo(1);

    WireFailure.of(() -> policies.setPolicy(first.toBuilder().setDocument(BLOBS_ONLY).build()))
        .is(Code.ABORTED, Reason.POLICY_CHANGED);
    assertThat(
            policies
                .setPolicy(first.toBuilder().setDocument(BLOBS_ONLY).setExpectedVersion(1).build())
                .getVersion())
        .isEqualTo(2);
  }

  @Test
  void everyVersionIsKeptAndCanBeBroughtBack() {
    set(LICENSED);
    set(BLOBS_ONLY);
    refused(message("weights", AssetKind.TENSOR));

    PolicyInfo old = policies.getPolicy(GetPolicyRequest.newBuilder().setVersion(1).build());
    assertThat(old.getDocument()).isEqualTo(LICENSED);
    assertThat(set(old.getDocument()).getVersion()).isEqualTo(3);
    assertThat(set(LICENSED).getVersion()).as("the same again").isEqualTo(3);
    set("");

    assertThat(
            policies
                .listPolicyVersions(ListPolicyVersionsRequest.newBuilder().setPageSize(3).build())
                .getVersionsList())
        .extracting(PolicyInfo::getVersion)
        .containsExactly(4L, 3L, 2L);
    assertThat(current().getDocument()).isEmpty();
    assertThat(Upload.begin(channel).send(message("t", AssetKind.TENSOR)).finish().getAssetId())
        .isNotEmpty();
    WireFailure.of(() -> policies.getPolicy(GetPolicyRequest.newBuilder().setVersion(9).build()))
        .is(Code.NOT_FOUND, Reason.POLICY_NOT_FOUND);
  }

  @Test
  void repeatedRequestSetsOnce() {
    SetPolicyRequest request =
        SetPolicyRequest.newBuilder().setDocument(LICENSED).setRequestId("r1").build();
    policies.setPolicy(request);
    set(BLOBS_ONLY);

    assertThat(policies.setPolicy(request).getVersion()).isEqualTo(1);
    assertThat(current().getDocument()).isEqualTo(BLOBS_ONLY);
  }

  @Test
  void olderCallSetsAndTakesAway() {
    AdminGrpc.AdminBlockingStub admin = AdminGrpc.newBlockingStub(channel);
    assertThat(
            admin
                .managePolicy(ManagePolicyRequest.newBuilder().setPolicy(BLOBS_ONLY).build())
                .getSuccess())
        .isTrue();
    refused(message("weights", AssetKind.TENSOR));
    WireFailure.of(
            () ->
                admin.managePolicy(
                    ManagePolicyRequest.newBuilder().setPolicy("{\"version\": 3}").build()))
        .is(Code.INVALID_ARGUMENT, Reason.POLICY_INVALID)
        .names("policy");

    assertThat(admin.managePolicy(ManagePolicyRequest.getDefaultInstance()).getSuccess()).isTrue();
    assertThat(current().getDocument()).isEmpty();
  }

  @Test
  void policyIsTriedOnWhatIsDescribedAndOnWhatIsThere() {
    Upload.put(channel, "one".getBytes(UTF_8));
    Upload.put(channel, "two".getBytes(UTF_8));
    CheckPolicyRequest tried =
        CheckPolicyRequest.newBuilder()
            .setDocument("{\"version\": 1, \"kinds\": [\"TENSOR\"]}")
            .build();

    CheckPolicyResponse first = policies.checkPolicy(tried.toBuilder().setPageSize(1).build());
    assertThat(first.getViolationsList()).hasSize(1);
    assertThat(first.getViolations(0).getAssetId()).hasSize(64);
    CheckPolicyResponse all = policies.checkPolicy(tried);
    assertThat(all.getChecked()).isEqualTo(2);
    assertThat(all.getNextPageToken()).isEmpty();

    PolicySubject tensor = PolicySubject.newBuilder().setKind(AssetKind.TENSOR).build();
    assertThat(
            policies.checkPolicy(tried.toBuilder().setSubject(tensor).build()).getViolationsList())
        .isEmpty();
    assertThat(
            policies
                .checkPolicy(CheckPolicyRequest.newBuilder().setSubject(tensor).build())
                .getViolationsList())
        .as("none counts")
        .isEmpty();
    assertThat(current().getVersion()).as("nothing was set").isZero();
  }

  @Test
  void namespacesHaveTheirOwn() {
    var _ =
        AdminGrpc.newBlockingStub(channel)
            .createNamespace(CreateNamespaceRequest.newBuilder().setName("other").build());
    set(BLOBS_ONLY);

    Channel other = EdgeFixture.with(channel, "aifs-namespace", "other");
    assertThat(Upload.begin(other).send(message("t", AssetKind.TENSOR)).finish().getAssetId())
        .isNotEmpty();
    assertThat(
            PoliciesGrpc.newBlockingStub(other)
                .getPolicy(GetPolicyRequest.getDefaultInstance())
                .getVersion())
        .isZero();
  }

  @Test
  void checkOfTheStoreFindsNothingWrong() {
    set(LICENSED);

    assertThat(
            fixture
                .engine()
                .policies()
                .current(fixture.engine().namespaces().require(Name.DEFAULT_NAMESPACE)))
        .isPresent();
  }
}
