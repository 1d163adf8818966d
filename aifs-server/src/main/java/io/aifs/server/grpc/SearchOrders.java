package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.SearchQuery;
import io.aifs.proto.v1.SearchRequest;
import io.aifs.proto.v1.VectorSearchRequest;
import io.aifs.server.auth.Restrictions;
import io.aifs.server.engine.search.SearchOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the requests of searches ask for, within what their token allows: a restricted one searches
 * what a ref that it allows names, by default branch main, and never all that is visible.
 */
final class SearchOrders {
  private static final int K_DEFAULT = 10;

  private SearchOrders() {}

  static SearchOrder of(SearchRequest request, Scope scope, Duration freshness) {
    Optional<Ref> at =
        request.getAt().isEmpty() && scope.isWhole()
            ? Optional.empty()
            : Optional.of(Requests.ref("at", request.getAt()));
    at.ifPresent(scope::requireRef);
    return new SearchOrder(
        optionalSpace(request.getSpace()),
        probes(request.getQueriesList()),
        request.getK() == 0 ? K_DEFAULT : k(request.getK()),
        effort(request.getEffort()),
        request.getExact(),
        least(request),
        request.getWhereList(),
        at,
        scope.within(Requests.path("path", request.getPath())),
        freshness,
        bounds(scope));
  }

  static SearchOrder of(VectorSearchRequest request, Scope scope, Duration freshness) {
    Optional<Ref> at = scope.isWhole() ? Optional.empty() : Optional.of(Ref.MAIN);
    at.ifPresent(scope::requireRef);
    return new SearchOrder(
        Optional.empty(),
        List.of(
            new SearchOrder.Probe.Near(
                SearchWire.vector("query_embedding", request.getQueryEmbedding()))),
        k(request.getK()),
        0,
        false,
        OptionalDouble.empty(),
        conditions(request.getFilterMap()),
        at,
        scope.within(TreePath.ROOT),
        freshness,
        bounds(scope));
  }

  private static Optional<Name> optionalSpace(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(Requests.name("space", value));
  }

  private static SearchOrder.Bounds bounds(Scope scope) {
    if (scope.isWhole()) {
      return SearchOrder.Bounds.NONE;
    }
    Restrictions restrictions = scope.restrictions();
    Optional<SearchOrder.Known> known =
        restrictions.readsById()
            ? Optional.empty()
            : Optional.of(
                new SearchOrder.Known(scope.within(TreePath.ROOT), scope.isOfWholeRefs()));
    return new SearchOrder.Bounds(restrictions.kinds(), restrictions.assets(), known);
  }

  private static List<SearchOrder.Probe> probes(List<SearchQuery> queries) {
    if (queries.isEmpty()) {
      throw Requests.invalid(
          Reason.ARGUMENT_MISSING,
          "queries",
          "there are no queries",
          "send a vector, or an asset to be like");
    }
    if (queries.size() > Limits.SEARCH_QUERIES_MAX) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED,
          "queries",
          "there are " + queries.size() + " queries, over " + Limits.SEARCH_QUERIES_MAX,
          "split the call");
    }
    List<SearchOrder.Probe> probes = new ArrayList<>(queries.size());
    for (SearchQuery query : queries) {
      probes.add(probe("queries[" + probes.size() + "]", query));
    }
    return probes;
  }

  private static SearchOrder.Probe probe(String field, SearchQuery query) {
    return switch (query.getQueryCase()) {
      case VECTOR -> {
        if (!query.getLikePart().isEmpty()) {
          throw Requests.invalid(
              Reason.ARGUMENT_INVALID,
              field + ".like_part",
              "a part is of an asset, and the query has a vector",
              "leave it out, or name the asset");
        }
        yield new SearchOrder.Probe.Near(SearchWire.vector(field + ".vector", query.getVector()));
      }
      case LIKE_ASSET_ID -> {
        Digest asset = Requests.assetId(field + ".like_asset_id", query.getLikeAssetId());
        yield Requests.parsed(
            Reason.ARGUMENT_INVALID,
            field + ".like_part",
            "send the part as it was put",
            () -> {
              EmbeddingName.requirePart(query.getLikePart());
              return new SearchOrder.Probe.Like(asset, query.getLikePart());
            });
      }
      case QUERY_NOT_SET ->
          throw Requests.invalid(
              Reason.ARGUMENT_MISSING,
              field,
              field + " is empty",
              "send a vector, or an asset to be like");
    };
  }

  private static int k(int value) {
    if (value < 1 || value > Limits.SEARCH_K_MAX) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "k",
          "k is outside 1.." + Limits.SEARCH_K_MAX + ": " + value,
          "ask for fewer, or narrow the search by conditions");
    }
    return value;
  }

  private static int effort(int value) {
    if (value < 0 || value > Limits.SEARCH_EFFORT_MAX) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "effort",
          "effort is outside 0.." + Limits.SEARCH_EFFORT_MAX + ": " + value,
          "0 leaves it to the server; exact looks at everything");
    }
    return value;
  }

  private static OptionalDouble least(SearchRequest request) {
    if (!request.hasLeastScore()) {
      return OptionalDouble.empty();
    }
    if (Float.isNaN(request.getLeastScore())) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "least_score",
          "least_score is no number",
          "send the lowest score that is wanted, or leave it out");
    }
    return OptionalDouble.of(request.getLeastScore());
  }

  /** Equality of every entry, in the words of the filter language. */
  private static List<String> conditions(Map<String, String> filter) {
    return filter.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + "=" + quoted(entry.getValue()))
        .sorted()
        .toList();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
