package io.aifs.client.internal;

import io.aifs.client.Namespaces;
import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.GetNamespaceRequest;
import io.aifs.proto.v1.ListNamespacesRequest;
import io.aifs.proto.v1.ListNamespacesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Namespaces over the services AIFS and Admin. */
final class GrpcNamespaces implements Namespaces {
  private final Caller caller;

  GrpcNamespaces(Caller caller) {
    this.caller = caller;
  }

  private record Page(List<NamespaceInfo> namespaces, Optional<String> nextToken) {}

  @Override
  public List<NamespaceInfo> list() {
    List<NamespaceInfo> all = new ArrayList<>();
    Optional<String> token = Optional.of("");
    while (token.isPresent()) {
      String current = token.get();
      ListNamespacesRequest request =
          ListNamespacesRequest.newBuilder()
              .setLimit(Limits.PAGE_MAX)
              .setPageToken(current)
              .build();
      Page page =
          caller.ask(
              AIFSGrpc.getListNamespacesMethod(), request, response -> page(response, current));
      all.addAll(page.namespaces);
      token = page.nextToken;
    }
    return List.copyOf(all);
  }

  private static Page page(ListNamespacesResponse response, String token) {
    if (!token.isEmpty() && response.getNextPageToken().equals(token)) {
      throw new IllegalArgumentException("the page names itself as the next one");
    }
    return new Page(
        response.getNamespacesList().stream().map(FromWire::namespace).toList(),
        FromWire.pageToken(response.getNextPageToken()));
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
