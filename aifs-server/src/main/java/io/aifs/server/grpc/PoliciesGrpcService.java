package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Timestamps;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.CheckPolicyRequest;
import io.aifs.proto.v1.CheckPolicyResponse;
import io.aifs.proto.v1.GetPolicyRequest;
import io.aifs.proto.v1.ListPolicyVersionsRequest;
import io.aifs.proto.v1.ListPolicyVersionsResponse;
import io.aifs.proto.v1.ManagePolicyRequest;
import io.aifs.proto.v1.ManagePolicyResponse;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.PolicyInfo;
import io.aifs.proto.v1.PolicySubject;
import io.aifs.proto.v1.PolicyViolation;
import io.aifs.proto.v1.SetPolicyRequest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.PolicyRow;
import io.aifs.server.engine.AssetFacts;
import io.aifs.server.engine.policy.PolicyService;
import io.aifs.server.engine.policy.Violation;
import io.aifs.server.grpc.gate.CallScope;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code aifs.v1.Policies}, and what the older {@code ManagePolicy} says of it. Thread-safe. */
final class PoliciesGrpcService extends PoliciesGrpc.PoliciesImplBase {
  private static final int CHECKED_MAX = 1_000;

  private final PolicyService policies;
  private final Namespaces namespaces;

  PoliciesGrpcService(PolicyService policies, Namespaces namespaces) {
    this.policies = policies;
    this.namespaces = namespaces;
  }

  /** Sets a policy whatever counts; an empty one takes it away. */
  ManagePolicyResponse manage(ManagePolicyRequest request) {
    NamespaceRow namespace = namespaces.uncharged(request.getNamespaceId());
    var _ =
        policies.set(
            namespace, order(request.getPolicy(), OptionalLong.empty(), ""), Optional.empty());
    return ManagePolicyResponse.newBuilder().setSuccess(true).build();
  }

  private static PolicyService.Order order(String document, OptionalLong expected, String reason) {
    return new PolicyService.Order(
        document, expected, CallScope.current().caller().family(), reason);
  }

  @Override
  public void getPolicy(GetPolicyRequest request, StreamObserver<PolicyInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Optional<PolicyRow> row =
        request.getVersion() == 0
            ? policies.current(namespace)
            : Optional.of(policies.version(namespace, request.getVersion()));
    Replies.send(observer, info(namespace, row));
  }

  @Override
  public void setPolicy(SetPolicyRequest request, StreamObserver<PolicyInfo> observer) {
    NamespaceRow namespace = namespaces.uncharged(request.getNamespace());
    OptionalLong expected =
        request.hasExpectedVersion()
            ? OptionalLong.of(request.getExpectedVersion())
            : OptionalLong.empty();
    Optional<PolicyRow> row =
        policies.set(
            namespace,
            order(request.getDocument(), expected, request.getReason()),
            Requests.writeRequest(request.getRequestId(), namespace.name(), "SetPolicy", request));
    Replies.send(observer, info(namespace, row));
  }

  @Override
  public void listPolicyVersions(
      ListPolicyVersionsRequest request, StreamObserver<ListPolicyVersionsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit = limit(request.getPageSize(), Limits.PAGE_DEFAULT);
    Optional<Long> before =
        PageToken.POLICIES
            .decode(request.getPageToken())
            .map(
                place ->
                    Requests.parsed(
                        Reason.ARGUMENT_INVALID,
                        "page_token",
                        "send next_page_token of the page before, or leave it empty",
                        () -> Long.parseLong(place)));
    List<PolicyRow> found = policies.versions(namespace, before, limit + 1);
    ListPolicyVersionsResponse.Builder reply = ListPolicyVersionsResponse.newBuilder();
    found.stream()
        .limit(limit)
        .forEach(row -> reply.addVersions(info(namespace, Optional.of(row))));
    if (found.size() > limit) {
      reply.setNextPageToken(
          PageToken.POLICIES.encode(Long.toString(found.get(limit - 1).version())));
    }
    Replies.send(observer, reply.build());
  }

  @Override
  public void checkPolicy(
      CheckPolicyRequest request, StreamObserver<CheckPolicyResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Optional<String> document =
        request.hasDocument() ? Optional.of(request.getDocument()) : Optional.empty();
    CheckPolicyResponse.Builder reply = CheckPolicyResponse.newBuilder();
    if (request.hasSubject()) {
      policies
          .check(namespace, document, facts(request.getSubject()))
          .forEach(violation -> reply.addViolations(violation("", violation)));
    } else {
      checkStored(namespace, document, request, reply);
    }
    Replies.send(observer, reply.build());
  }

  private void checkStored(
      NamespaceRow namespace,
      Optional<String> document,
      CheckPolicyRequest request,
      CheckPolicyResponse.Builder reply) {
    Optional<Digest> after =
        PageToken.CHECKED
            .decode(request.getPageToken())
            .map(place -> Requests.assetId("page_token", place));
    PolicyService.Page page =
        policies.checkStored(namespace, document, after, limit(request.getPageSize(), CHECKED_MAX));
    page.findings()
        .forEach(
            finding -> reply.addViolations(violation(finding.asset().hex(), finding.violation())));
    page.held().forEach(over -> reply.addViolations(violation("", over)));
    reply.setChecked(page.checked());
    page.last().ifPresent(last -> reply.setNextPageToken(PageToken.CHECKED.encode(last.hex())));
  }

  private static int limit(int given, int otherwise) {
    return Requests.limit("page_size", given, otherwise, CHECKED_MAX);
  }

  private static AssetFacts facts(PolicySubject subject) {
    if (subject.getSize() < 0 || subject.getParents() < 0) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "subject",
          "the size or the number of parents is negative",
          "send 0 or more");
    }
    return new AssetFacts(
        Requests.kind(subject.getKindValue()),
        OptionalLong.of(subject.getSize()),
        subject.getMetadataMap(),
        subject.getParents());
  }

  private static PolicyViolation violation(String asset, Violation violation) {
    return PolicyViolation.newBuilder()
        .setAssetId(asset)
        .setRule(violation.rule())
        .setPlace(violation.place())
        .setMessage(violation.message())
        .build();
  }

  private static PolicyInfo info(NamespaceRow namespace, Optional<PolicyRow> row) {
    PolicyInfo.Builder info = PolicyInfo.newBuilder().setNamespace(namespace.name().value());
    row.ifPresent(
        one ->
            info.setVersion(one.version())
                .setDocument(one.document())
                .setSetAt(Timestamps.format(one.setAt()))
                .setSetBy(one.who())
                .setReason(one.reason()));
    return info.build();
  }
}
