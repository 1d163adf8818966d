package io.aifs.client.internal;

import io.aifs.client.Associations;
import io.aifs.core.model.Association;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import io.aifs.proto.v1.AssociationsGrpc;
import io.aifs.proto.v1.DeclareTypeRequest;
import io.aifs.proto.v1.DeleteAssociationsRequest;
import io.aifs.proto.v1.ListTypesRequest;
import io.aifs.proto.v1.PutAssociationsRequest;
import io.aifs.proto.v1.QueryAssociationsRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Associations over the service of that name. */
final class GrpcAssociations implements Associations {
  private static final int PAGE = 1_000;

  private final Caller caller;
  private final Name namespace;

  GrpcAssociations(Caller caller, Name namespace) {
    this.caller = caller;
    this.namespace = namespace;
  }

  @Override
  public void declare(AssociationType type) {
    caller.change(
        AssociationsGrpc.getDeclareTypeMethod(),
        requestId ->
            DeclareTypeRequest.newBuilder()
                .setNamespace(namespace.value())
                .setName(type.name().value())
                .setInverse(type.symmetric() ? "" : type.inverse().map(Name::value).orElse(""))
                .setSymmetric(type.symmetric())
                .setRequestId(requestId)
                .build(),
        answer -> answer);
  }

  @Override
  public List<AssociationType> types() {
    return caller.ask(
        AssociationsGrpc.getListTypesMethod(),
        ListTypesRequest.newBuilder().setNamespace(namespace.value()).build(),
        answer -> answer.getTypesList().stream().map(AssociationWire::type).toList());
  }

  @Override
  public PutOutcome put(List<AssociationWrite> writes) {
    return caller.change(
        AssociationsGrpc.getPutMethod(),
        requestId ->
            PutAssociationsRequest.newBuilder()
                .setNamespace(namespace.value())
                .addAllAssociations(writes.stream().map(AssociationWire::write).toList())
                .setRequestId(requestId)
                .build(),
        answer -> new PutOutcome(answer.getCreated(), answer.getUpdated()));
  }

  @Override
  public int delete(List<AssociationName> names) {
    return caller.change(
        AssociationsGrpc.getDeleteMethod(),
        requestId ->
            DeleteAssociationsRequest.newBuilder()
                .setNamespace(namespace.value())
                .addAllAssociations(names.stream().map(AssociationWire::name).toList())
                .setRequestId(requestId)
                .build(),
        answer -> answer.getDeleted());
  }

  @Override
  public List<Association> get(
      ObjectId id1, Name type, Collection<ObjectId> id2s, TimeRange times) {
    return query(List.of(new Query.Get(id1, type, List.copyOf(id2s), times)))
        .getFirst()
        .associations();
  }

  @Override
  public long count(ObjectId id1, Name type) {
    return query(List.of(new Query.Count(id1, type))).getFirst().count();
  }

  @Override
  public Stream<Association> range(ObjectId id1, Name type, TimeRange times) {
    return Pages.stream(
        token -> {
          Answer answer = query(List.of(new Query.Range(id1, type, times, PAGE, token))).getFirst();
          return Pages.Page.of(token, answer.associations(), answer.nextPageToken());
        });
  }

  @Override
  public List<Answer> query(List<Query> queries) {
    QueryAssociationsRequest.Builder request =
        QueryAssociationsRequest.newBuilder().setNamespace(namespace.value());
    queries.forEach(query -> request.addQueries(AssociationWire.query(query)));
    return caller.ask(
        AssociationsGrpc.getQueryMethod(),
        request.build(),
        response -> {
          if (response.getAnswersCount() != queries.size()) {
            throw new IllegalArgumentException(
                response.getAnswersCount() + " answers to " + queries.size() + " queries");
          }
          List<Answer> answers = new ArrayList<>(queries.size());
          for (int i = 0; i < queries.size(); i++) {
            answers.add(AssociationWire.answer(queries.get(i), response.getAnswers(i)));
          }
          return answers;
        });
  }
}
