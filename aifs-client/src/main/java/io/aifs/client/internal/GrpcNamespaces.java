package io.aifs.client.internal;

import io.aifs.client.Namespaces;
import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.GetNamespaceRequest;
import io.aifs.proto.v1.ListNamespacesRequest;
import java.util.List;
import java.util.Map;

/** Namespaces over the services AIFS and Admin. */
final class GrpcNamespaces implements Namespaces {
  private final Caller caller;

  GrpcNamespaces(Caller caller) {
    this.caller = caller;
  }

  @Override
  public List<NamespaceInfo> list() {
    return Pages.stream(
            token ->
                caller.ask(
                    AIFSGrpc.getListNamespacesMethod(),
                    ListNamespacesRequest.newBuilder()
                        .setLimit(Limits.PAGE_MAX)
                        .setPageToken(token)
                        .build(),
                    response ->
                        Pages.Page.of(
                            token,
                            response.getNamespacesList().stream().map(FromWire::namespace).toList(),
                            response.getNextPageToken())))
        .toList();
  }

  @Override
  public NamespaceInfo get(Name name) {
    GetNamespaceRequest request =
        GetNamespaceRequest.newBuilder().setNamespaceId(name.value()).build();
    return caller.ask(
        AIFSGrpc.getGetNamespaceMethod(),
        request,
        response -> FromWire.namespace(response.getNamespace()));
  }

  @Override
  public void create(Name name, String description, Map<String, String> metadata) {
    caller.change(
        AdminGrpc.getCreateNamespaceMethod(),
        requestId ->
            CreateNamespaceRequest.newBuilder()
                .setName(name.value())
                .setDescription(description)
                .putAllMetadata(metadata)
                .setRequestId(requestId)
                .build(),
        response -> response);
  }
}
