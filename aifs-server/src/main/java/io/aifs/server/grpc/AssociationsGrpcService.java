package io.aifs.server.grpc;

import io.aifs.core.Reason;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.AssociationTypeInfo;
import io.aifs.proto.v1.AssociationsGrpc;
import io.aifs.proto.v1.DeclareTypeRequest;
import io.aifs.proto.v1.DeleteAssociationsRequest;
import io.aifs.proto.v1.DeleteAssociationsResponse;
import io.aifs.proto.v1.ListTypesRequest;
import io.aifs.proto.v1.ListTypesResponse;
import io.aifs.proto.v1.PutAssociationsRequest;
import io.aifs.proto.v1.PutAssociationsResponse;
import io.aifs.proto.v1.QueryAssociationsRequest;
import io.aifs.proto.v1.QueryAssociationsResponse;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.association.AssociationService;
import io.aifs.server.engine.association.AssociationWrites;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** {@code aifs.v1.Associations}. */
final class AssociationsGrpcService extends AssociationsGrpc.AssociationsImplBase {
  private final AssociationService associations;
  private final Namespaces namespaces;

  AssociationsGrpcService(AssociationService associations, Namespaces namespaces) {
    this.associations = associations;
    this.namespaces = namespaces;
  }

  @Override
  public void declareType(
      DeclareTypeRequest request, StreamObserver<AssociationTypeInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    AssociationType type = type(request);
    associations.declare(
        namespace,
        type,
        Requests.writeRequest(request.getRequestId(), namespace.name(), "DeclareType", request));
    Replies.send(observer, AssociationWire.type(type));
  }

  private static AssociationType type(DeclareTypeRequest request) {
    Name name = Requests.name("name", request.getName());
    if (request.getInverse().isEmpty()) {
      return new AssociationType(
          name, request.getSymmetric() ? Optional.of(name) : Optional.empty());
    }
    if (request.getSymmetric()) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "inverse",
          "a symmetric type is its own inverse and has no other",
          "send one of inverse and symmetric");
    }
    Name inverse = Requests.name("inverse", request.getInverse());
    if (inverse.equals(name)) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "inverse",
          "type '" + name + "' names itself as its inverse",
          "send symmetric for a type that is the same from both ends");
    }
    return new AssociationType(name, Optional.of(inverse));
  }

  @Override
  public void listTypes(ListTypesRequest request, StreamObserver<ListTypesResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    ListTypesResponse.Builder reply = ListTypesResponse.newBuilder();
    associations.types(namespace).forEach(type -> reply.addTypes(AssociationWire.type(type)));
    Replies.send(observer, reply.build());
  }

  @Override
  public void put(
      PutAssociationsRequest request, StreamObserver<PutAssociationsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    AssociationWrites.requireFew(request.getAssociationsCount());
    List<AssociationWrite> writes =
        AssociationWire.writes("associations", request.getAssociationsList());
    AssociationWrites.Written written =
        associations.put(
            namespace,
            writes,
            Requests.writeRequest(
                request.getRequestId(), namespace.name(), "PutAssociations", request));
    Replies.send(
        observer,
        PutAssociationsResponse.newBuilder()
            .setCreated(written.created())
            .setUpdated(written.updated())
            .setVersion(written.version())
            .build());
  }

  @Override
  public void delete(
      DeleteAssociationsRequest request, StreamObserver<DeleteAssociationsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    AssociationWrites.requireFew(request.getAssociationsCount());
    List<AssociationName> names =
        AssociationWire.names("associations", request.getAssociationsList());
    AssociationWrites.Deleted deleted =
        associations.delete(
            namespace,
            names,
            Requests.writeRequest(
                request.getRequestId(), namespace.name(), "DeleteAssociations", request));
    Replies.send(
        observer,
        DeleteAssociationsResponse.newBuilder()
            .setDeleted(deleted.deleted())
            .setVersion(deleted.version())
            .build());
  }

  @Override
  public void query(
      QueryAssociationsRequest request, StreamObserver<QueryAssociationsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    QueryAssociationsResponse.Builder reply = QueryAssociationsResponse.newBuilder();
    associations
        .query(namespace, AssociationQueries.of(request.getQueriesList()))
        .forEach(answer -> reply.addAnswers(AssociationWire.answer(answer)));
    Replies.send(observer, reply.build());
  }
}
