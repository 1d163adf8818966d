package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.proto.v1.SearchHit;
import io.aifs.proto.v1.SearchHits;
import io.aifs.proto.v1.SearchRequest;
import io.aifs.proto.v1.SearchResponse;
import io.aifs.proto.v1.SearchResult;
import io.aifs.proto.v1.VectorSearchRequest;
import io.aifs.proto.v1.VectorSearchResponse;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.search.SearchAnswer;
import io.aifs.server.engine.search.SearchOrder;
import io.aifs.server.engine.search.SearchService;
import io.aifs.server.grpc.gate.LimitGate;
import java.util.List;

/** Searches, of {@code aifs.v1.Search} and of the older {@code VectorSearch}. Thread-safe. */
final class SearchCalls {
  /** Well below what a message may have, and many times what anybody looks at. */
  private static final long REPLY_BYTES_MAX = Limits.INLINE_DATA_BYTES_MAX;

  private final SearchService searches;
  private final Namespaces namespaces;

  SearchCalls(SearchService searches, Namespaces namespaces) {
    this.searches = searches;
    this.namespaces = namespaces;
  }

  SearchResponse search(SearchRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Freshness freshness = Freshness.of(request.getFreshnessMillis());
    SearchOrder order = SearchOrders.of(request, Scope.current(), freshness.patience());
    LimitGate.ticket().search(order.probes().size());
    SearchAnswer answer = searches.search(namespace, order);
    freshness.require(answer.version());
    SearchResponse.Builder reply =
        SearchResponse.newBuilder()
            .setSpace(answer.space().map(space -> space.name().value()).orElse(""))
            .setExact(answer.exact())
            .setVersion(answer.version())
            .setIndexState(SearchWire.state(answer.state()));
    long bytes = 0;
    for (List<SearchAnswer.Found> found : answer.results()) {
      SearchHits.Builder hits = SearchHits.newBuilder();
      for (SearchAnswer.Found one : found) {
        SearchHit hit = SearchWire.hit(one, request.getIncludeMetadata());
        bytes = counted(bytes, hit.getSerializedSize());
        hits.addHits(hit);
      }
      reply.addResults(hits);
    }
    return reply.build();
  }

  private static long counted(long before, int bytes) {
    long after = before + bytes;
    if (after > REPLY_BYTES_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.MESSAGE_TOO_LARGE,
          "what was found is over the " + REPLY_BYTES_MAX + " bytes that fit into one message",
          "ask for fewer, by fewer queries, or without metadata");
    }
    return after;
  }

  VectorSearchResponse search(VectorSearchRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Freshness freshness = Freshness.of(0);
    SearchOrder order = SearchOrders.of(request, Scope.current(), freshness.patience());
    LimitGate.ticket().search(1);
    SearchAnswer answer = searches.searchByDimension(namespace, order);
    freshness.require(answer.version());
    VectorSearchResponse.Builder reply = VectorSearchResponse.newBuilder();
    long bytes = 0;
    for (List<SearchAnswer.Found> found : answer.results()) {
      for (SearchAnswer.Found one : found) {
        SearchResult result =
            SearchResult.newBuilder()
                .setAssetId(one.row().id().hex())
                .setScore(one.score())
                .setMetadata(Wire.metadata(one.row().info()))
                .build();
        bytes = counted(bytes, result.getSerializedSize());
        reply.addResults(result);
      }
    }
    return reply.build();
  }
}
