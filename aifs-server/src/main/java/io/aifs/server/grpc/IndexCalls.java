package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.BuildIndexProgress;
import io.aifs.proto.v1.BuildIndexRequest;
import io.aifs.proto.v1.DropIndexRequest;
import io.aifs.proto.v1.DropIndexResponse;
import io.aifs.proto.v1.ListSpacesRequest;
import io.aifs.proto.v1.ListSpacesResponse;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.search.IndexStatus;
import io.aifs.server.engine.search.VectorIndexes;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The calls of {@code aifs.v1.Search} about spaces and their indexes. Thread-safe. */
final class IndexCalls {
  private final EmbeddingService embeddings;
  private final VectorIndexes indexes;
  private final Namespaces namespaces;
  private final Streams streams;

  IndexCalls(
      EmbeddingService embeddings, VectorIndexes indexes, Namespaces namespaces, Streams streams) {
    this.embeddings = embeddings;
    this.indexes = indexes;
    this.namespaces = namespaces;
    this.streams = streams;
  }

  ListSpacesResponse spaces(ListSpacesRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    ListSpacesResponse.Builder reply = ListSpacesResponse.newBuilder();
    for (EmbeddingService.SpaceStatus space : embeddings.spaces(namespace)) {
      reply.addSpaces(
          SearchWire.space(space.row())
              .setEmbeddings(space.counts().live())
              .setQuarantined(space.counts().quarantined())
              .setIndex(SearchWire.index(indexes.status(namespace, space.row()))));
    }
    return reply.build();
  }

  DropIndexResponse drop(DropIndexRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    indexes.drop(namespace, space(namespace, request.getSpace()));
    return DropIndexResponse.getDefaultInstance();
  }

  void build(BuildIndexRequest request, StreamObserver<BuildIndexProgress> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    SpaceRow space = space(namespace, request.getSpace());
    streams.run(
        observer,
        sender -> {
          IndexStatus status =
              indexes.build(
                  namespace,
                  space,
                  (done, total) ->
                      sender.send(
                          BuildIndexProgress.newBuilder().setDone(done).setTotal(total).build()));
          long vectors = status.stats().map(stats -> stats.vectors()).orElse(0L);
          sender.send(
              BuildIndexProgress.newBuilder()
                  .setDone(vectors)
                  .setTotal(vectors)
                  .setIndex(SearchWire.index(status))
                  .build());
        });
  }

  private SpaceRow space(NamespaceRow namespace, String value) {
    Name name = Requests.name("space", value);
    List<SpaceRow> rows =
        embeddings.spaces(namespace).stream().map(EmbeddingService.SpaceStatus::row).toList();
    return rows.stream()
        .filter(row -> row.space().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.SPACE_NOT_FOUND,
                    "there is no embedding space '" + name + "' in '" + namespace.name() + "'",
                    "'aifs index list' shows what is there"));
  }
}
