package io.aifs.client.internal;

import io.aifs.client.Policies;
import io.aifs.core.model.Name;
import io.aifs.core.model.Timestamps;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.CheckPolicyRequest;
import io.aifs.proto.v1.CheckPolicyResponse;
import io.aifs.proto.v1.GetPolicyRequest;
import io.aifs.proto.v1.ListPolicyVersionsRequest;
import io.aifs.proto.v1.ListPolicyVersionsResponse;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.PolicyInfo;
import io.aifs.proto.v1.PolicySubject;
import io.aifs.proto.v1.PolicyViolation;
import io.aifs.proto.v1.SetPolicyRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Policies over the service of that name. */
final class GrpcPolicies implements Policies {
  private final Caller caller;
  private final Name namespace;

  GrpcPolicies(Caller caller, Name namespace) {
    this.caller = caller;
    this.namespace = namespace;
  }

  @Override
  public Optional<PolicyVersion> current() {
    return caller.ask(PoliciesGrpc.getGetPolicyMethod(), get(0), GrpcPolicies::optional);
  }

  @Override
  public PolicyVersion version(long version) {
    return caller.ask(PoliciesGrpc.getGetPolicyMethod(), get(version), GrpcPolicies::version);
  }

  private GetPolicyRequest get(long version) {
    return GetPolicyRequest.newBuilder()
        .setNamespace(namespace.value())
        .setVersion(version)
        .build();
  }

  @Override
  public List<PolicyVersion> history() {
    List<PolicyVersion> versions = new ArrayList<>();
    String token = "";
    do {
      ListPolicyVersionsRequest request =
          ListPolicyVersionsRequest.newBuilder()
              .setNamespace(namespace.value())
              .setPageToken(token)
              .build();
      ListPolicyVersionsResponse page =
          caller.ask(PoliciesGrpc.getListPolicyVersionsMethod(), request, response -> response);
      page.getVersionsList().forEach(info -> versions.add(version(info)));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return Collections.unmodifiableList(versions);
  }

  @Override
  public Optional<PolicyVersion> set(String document, OptionalLong expected, String reason) {
    return caller.change(
        PoliciesGrpc.getSetPolicyMethod(),
        requestId -> {
          SetPolicyRequest.Builder request =
              SetPolicyRequest.newBuilder()
                  .setNamespace(namespace.value())
                  .setDocument(document)
                  .setReason(reason)
                  .setRequestId(requestId);
          expected.ifPresent(request::setExpectedVersion);
          return request.build();
        },
        GrpcPolicies::optional);
  }

  @Override
  public List<Violation> check(Optional<String> document, Subject subject) {
    CheckPolicyRequest request =
        check(document)
            .setSubject(
                PolicySubject.newBuilder()
                    .setKind(AssetKind.forNumber(subject.kind().code()))
                    .putAllMetadata(subject.metadata())
                    .setSize(subject.bytes())
                    .setParents(subject.parents()))
            .build();
    return caller.ask(
        PoliciesGrpc.getCheckPolicyMethod(),
        request,
        reply -> reply.getViolationsList().stream().map(GrpcPolicies::violation).toList());
  }

  @Override
  public long checkStored(Optional<String> document, Consumer<Violation> found) {
    long checked = 0;
    String token = "";
    do {
      CheckPolicyResponse page =
          caller.ask(
              PoliciesGrpc.getCheckPolicyMethod(),
              check(document).setPageToken(token).build(),
              response -> response);
      page.getViolationsList().forEach(one -> found.accept(violation(one)));
      checked += page.getChecked();
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return checked;
  }

  private CheckPolicyRequest.Builder check(Optional<String> document) {
    CheckPolicyRequest.Builder request =
        CheckPolicyRequest.newBuilder().setNamespace(namespace.value());
    document.ifPresent(request::setDocument);
    return request;
  }

  private static Optional<PolicyVersion> optional(PolicyInfo info) {
    return info.getVersion() == 0 ? Optional.empty() : Optional.of(version(info));
  }

  private static PolicyVersion version(PolicyInfo info) {
    return new PolicyVersion(
        info.getVersion(),
        info.getDocument(),
        Timestamps.parse(info.getSetAt()),
        info.getSetBy(),
        info.getReason());
  }

  private static Violation violation(PolicyViolation one) {
    return new Violation(one.getAssetId(), one.getRule(), one.getPlace(), one.getMessage());
  }
}
