package io.aifs.client.internal;

import io.aifs.client.Search;
import io.aifs.client.SearchRequest;
import io.aifs.core.Limits;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.CreateSpaceRequest;
import io.aifs.proto.v1.DropIndexRequest;
import io.aifs.proto.v1.ListQuarantineRequest;
import io.aifs.proto.v1.ListSpacesRequest;
import io.aifs.proto.v1.PutEmbeddingsRequest;
import io.aifs.proto.v1.PutEmbeddingsResponse;
import io.aifs.proto.v1.RemoveEmbeddingsRequest;
import io.aifs.proto.v1.RemoveEmbeddingsResponse;
import io.aifs.proto.v1.ReviewQuarantineRequest;
import io.aifs.proto.v1.ReviewQuarantineResponse;
import io.aifs.proto.v1.SearchGrpc;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Search over the service of that name. */
final class GrpcSearch implements Search {
  private static final int PAGE = 1_000;

  private final Caller caller;
  private final Name namespace;

  GrpcSearch(Caller caller, Name namespace) {
    this.caller = caller;
    this.namespace = namespace;
  }

  @Override
  public Answer search(SearchRequest request) {
    return caller.ask(
        SearchGrpc.getSearchMethod(),
        SearchWire.request(namespace, request),
        response -> {
          Answer answer = SearchWire.answer(response);
          if (answer.results().size() != request.probes().size()) {
            throw new IllegalArgumentException(
                answer.results().size() + " results of " + request.probes().size() + " queries");
          }
          return answer;
        });
  }

  @Override
  public void createSpace(EmbeddingSpace space) {
    var _ =
        caller.change(
            SearchGrpc.getCreateSpaceMethod(),
            requestId ->
                CreateSpaceRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setName(space.name().value())
                    .setDimension(space.dimension())
                    .setMetricValue(space.metric().code())
                    .setModel(space.model())
                    .setStorageValue(space.storage().code())
                    .setRequestId(requestId)
                    .build(),
            answer -> answer);
  }

  @Override
  public List<SpaceStatus> spaces() {
    return caller.ask(
        SearchGrpc.getListSpacesMethod(),
        ListSpacesRequest.newBuilder().setNamespace(namespace.value()).build(),
        answer -> answer.getSpacesList().stream().map(SearchWire::space).toList());
  }

  @Override
  public Put put(Name space, Collection<Embedding> embeddings) {
    List<Embedding> all = List.copyOf(embeddings);
    int written = 0;
    int quarantined = 0;
    for (int from = 0; from < all.size(); from += Limits.BATCH_ENTRIES_MAX) {
      List<Embedding> batch =
          all.subList(from, Math.min(all.size(), from + Limits.BATCH_ENTRIES_MAX));
      PutEmbeddingsResponse put =
          caller.change(
              SearchGrpc.getPutEmbeddingsMethod(),
              requestId ->
                  PutEmbeddingsRequest.newBuilder()
                      .setNamespace(namespace.value())
                      .setSpace(space.value())
                      .addAllEmbeddings(batch.stream().map(SearchWire::embedding).toList())
                      .setRequestId(requestId)
                      .build(),
              answer -> answer);
      written += put.getWritten();
      quarantined += put.getQuarantined();
    }
    return new Put(written, quarantined);
  }

  @Override
  public int remove(Collection<EmbeddingName> embeddings) {
    int removed = 0;
    for (List<EmbeddingName> batch : Batches.of(embeddings)) {
      removed +=
          caller.change(
              SearchGrpc.getRemoveEmbeddingsMethod(),
              requestId ->
                  RemoveEmbeddingsRequest.newBuilder()
                      .setNamespace(namespace.value())
                      .addAllEmbeddings(batch.stream().map(SearchWire::name).toList())
                      .setRequestId(requestId)
                      .build(),
              RemoveEmbeddingsResponse::getRemoved);
    }
    return removed;
  }

  @Override
  public Stream<Waiting> quarantined() {
    return Pages.stream(
        token ->
            caller.ask(
                SearchGrpc.getListQuarantineMethod(),
                ListQuarantineRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setLimit(PAGE)
                    .setPageToken(token)
                    .build(),
                answer ->
                    Pages.Page.of(
                        token,
                        answer.getEmbeddingsList().stream().map(SearchWire::waiting).toList(),
                        answer.getNextPageToken())));
  }

  @Override
  public int review(Collection<EmbeddingName> embeddings, Verdict verdict) {
    int reviewed = 0;
    for (List<EmbeddingName> batch : Batches.of(embeddings)) {
      reviewed +=
          review(
              ReviewQuarantineRequest.newBuilder()
                  .addAllEmbeddings(batch.stream().map(SearchWire::name).toList()),
              verdict);
    }
    return reviewed;
  }

  @Override
  public int reviewAll(Optional<Name> space, Verdict verdict) {
    return review(
        ReviewQuarantineRequest.newBuilder()
            .setAll(true)
            .setSpace(space.map(Name::value).orElse("")),
        verdict);
  }

  private int review(ReviewQuarantineRequest.Builder which, Verdict verdict) {
    return caller.change(
        SearchGrpc.getReviewQuarantineMethod(),
        requestId ->
            which
                .setNamespace(namespace.value())
                .setApprove(verdict.approve())
                .setReason(verdict.reason())
                .setRequestId(requestId)
                .build(),
        ReviewQuarantineResponse::getReviewed);
  }

  @Override
  public void dropIndex(Name space) {
    var _ =
        caller.ask(
            SearchGrpc.getDropIndexMethod(),
            DropIndexRequest.newBuilder()
                .setNamespace(namespace.value())
                .setSpace(space.value())
                .build(),
            answer -> answer);
  }

  @Override
  public IndexStatus buildIndex(Name space, BuildListener progress) {
    return new IndexBuildRun(caller, namespace, space, progress).run();
  }
}
