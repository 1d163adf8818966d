package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.CreateNamespaceResponse;
import io.aifs.proto.v1.GetNamespaceRequest;
import io.aifs.proto.v1.GetNamespaceResponse;
import io.aifs.proto.v1.ListNamespacesRequest;
import io.aifs.proto.v1.ListNamespacesResponse;
import io.aifs.server.auth.Caller;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.NamespaceService;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.history.SnapshotService;
import io.aifs.server.grpc.gate.CallScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls about namespaces themselves, of which a token may know only some. Thread-safe. */
final class NamespaceCalls {
  private static final int ROWS_AT_A_TIME = 1_000;

  private final NamespaceService namespaces;
  private final SnapshotService snapshots;

  NamespaceCalls(NamespaceService namespaces, SnapshotService snapshots) {
    this.namespaces = namespaces;
    this.snapshots = snapshots;
  }

  GetNamespaceResponse get(GetNamespaceRequest request) {
    Name name = allowed("namespace_id", request.getNamespaceId());
    return GetNamespaceResponse.newBuilder()
        .setNamespace(Wire.namespace(namespaces.require(name)))
        .build();
  }

  CreateNamespaceResponse create(CreateNamespaceRequest request) {
    Name name = allowed("name", request.getName());
    Optional<WriteRequest> identity =
        Requests.writeRequest(request.getRequestId(), name, "CreateNamespace", request);
    NamespaceRow row =
        namespaces.create(name, request.getDescription(), request.getMetadataMap(), identity);
    snapshots.root(row); // made now; after a crash in between, when it is first needed
    return CreateNamespaceResponse.newBuilder()
        .setSuccess(true)
        .setNamespaceId(row.name().value())
        .build();
  }

  /** The name, refused in the same way whether it exists or not. */
  private static Name allowed(String field, String value) {
    Name name = Requests.name(field, value);
    return CallScope.current().caller().namespaceFor(Optional.of(name));
  }

  ListNamespacesResponse list(ListNamespacesRequest request) {
    int limit = Requests.limit("limit", request.getLimit(), Limits.PAGE_DEFAULT, Limits.PAGE_MAX);
    int offset = Requests.offset(request.getOffset(), request.getPageToken());
    Optional<Name> after =
        PageToken.NAMESPACES
            .decode(request.getPageToken())
            .map(place -> Requests.name("page_token", place));
    List<NamespaceRow> found = visible(after, (long) offset + limit + 1);
    ListNamespacesResponse.Builder reply = ListNamespacesResponse.newBuilder();
    int from = Math.min(offset, found.size());
    int to = (int) Math.min((long) offset + limit, found.size());
    List<NamespaceRow> page = found.subList(from, to);
    page.forEach(row -> reply.addNamespaces(Wire.namespace(row)));
    if (to < found.size() && !page.isEmpty()) {
      reply.setNextPageToken(PageToken.NAMESPACES.encode(page.getLast().name().value()));
    }
    return reply.build();
  }

  private List<NamespaceRow> visible(Optional<Name> start, long most) {
    Caller caller = CallScope.current().caller();
    List<NamespaceRow> found = new ArrayList<>();
    Optional<Name> after = start;
    while (found.size() < most) {
      List<NamespaceRow> rows = namespaces.list(after, ROWS_AT_A_TIME);
      for (NamespaceRow row : rows) {
        if (found.size() < most && caller.mayUse(row.name())) {
          found.add(row);
        }
      }
      if (rows.size() < ROWS_AT_A_TIME) {
        return found;
      }
      after = Optional.of(rows.getLast().name());
    }
    return found;
  }
}
