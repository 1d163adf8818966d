package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.CreateSpaceRequest;
import io.aifs.proto.v1.ListQuarantineRequest;
import io.aifs.proto.v1.ListQuarantineResponse;
import io.aifs.proto.v1.PutEmbeddingsRequest;
import io.aifs.proto.v1.PutEmbeddingsResponse;
import io.aifs.proto.v1.RemoveEmbeddingsRequest;
import io.aifs.proto.v1.RemoveEmbeddingsResponse;
import io.aifs.proto.v1.ReviewQuarantineRequest;
import io.aifs.proto.v1.ReviewQuarantineResponse;
import io.aifs.proto.v1.SpaceInfo;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.embedding.Review;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The calls of {@code aifs.v1.Search} about what is embedded. Thread-safe. */
final class EmbeddingCalls {
  private static final int LISTED_MAX = 1_000;

  private final EmbeddingService embeddings;
  private final Namespaces namespaces;

  EmbeddingCalls(EmbeddingService embeddings, Namespaces namespaces) {
    this.embeddings = embeddings;
    this.namespaces = namespaces;
  }

  SpaceInfo createSpace(CreateSpaceRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    return SearchWire.space(
            embeddings.createSpace(
                namespace,
                SearchWire.space(request),
                Requests.writeRequest(
                    request.getRequestId(), namespace.name(), "CreateSpace", request)))
        .build();
  }

  PutEmbeddingsResponse put(PutEmbeddingsRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    requireSome(request.getEmbeddingsCount());
    EmbeddingService.Put put =
        embeddings.put(
            namespace,
            Requests.name("space", request.getSpace()),
            SearchWire.embeddings(request.getEmbeddingsList()),
            Requests.writeRequest(
                request.getRequestId(), namespace.name(), "PutEmbeddings", request));
    return PutEmbeddingsResponse.newBuilder()
        .setWritten(put.written())
        .setQuarantined(put.quarantined())
        .setVersion(put.version())
        .build();
  }

  RemoveEmbeddingsResponse remove(RemoveEmbeddingsRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    requireSome(request.getEmbeddingsCount());
    EmbeddingService.Changed removed =
        embeddings.remove(
            namespace,
            SearchWire.names(request.getEmbeddingsList()),
            Requests.writeRequest(
                request.getRequestId(), namespace.name(), "RemoveEmbeddings", request));
    return RemoveEmbeddingsResponse.newBuilder()
        .setRemoved(removed.count())
        .setVersion(removed.version())
        .build();
  }

  private static void requireSome(int embeddings) {
    if (embeddings == 0) {
      throw Requests.invalid(
          Reason.ARGUMENT_MISSING, "embeddings", "there are no embeddings", "name at least one");
    }
    requireFew(embeddings);
  }

  private static void requireFew(int embeddings) {
    if (embeddings > Limits.BATCH_ENTRIES_MAX) {
      throw Requests.invalid(
          Reason.LIMIT_EXCEEDED,
          "embeddings",
          "there are " + embeddings + " embeddings, over " + Limits.BATCH_ENTRIES_MAX,
          "split the call");
    }
  }

  ListQuarantineResponse quarantined(ListQuarantineRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit = Requests.limit("limit", request.getLimit(), Limits.PAGE_DEFAULT, LISTED_MAX);
    Optional<EmbeddingKey> after =
        PageToken.QUARANTINE.decode(request.getPageToken()).map(EmbeddingCalls::key);
    List<EmbeddingService.Waiting> found = embeddings.quarantined(namespace, after, limit + 1);
    ListQuarantineResponse.Builder reply = ListQuarantineResponse.newBuilder();
    found.stream()
        .limit(limit)
        .forEach(waiting -> reply.addEmbeddings(SearchWire.quarantined(waiting)));
    if (found.size() > limit) {
      reply.setNextPageToken(PageToken.QUARANTINE.encode(place(found.get(limit - 1).row().key())));
    }
    return reply.build();
  }

  /** Neither ids nor names of spaces have a blank, and a part comes last. */
  private static String place(EmbeddingKey key) {
    return key.asset().hex() + " " + key.space() + " " + key.part();
  }

  private static EmbeddingKey key(String place) {
    String[] words = place.split(" ", 3);
    if (words.length < 3) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "page_token",
          "the token is not of this listing",
          "send next_page_token of the page before, or leave it empty");
    }
    return new EmbeddingKey(Requests.assetId("page_token", words[0]), words[1], words[2]);
  }

  ReviewQuarantineResponse review(ReviewQuarantineRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    EmbeddingService.Changed changed =
        embeddings.review(
            namespace,
            order(request),
            Requests.writeRequest(
                request.getRequestId(), namespace.name(), "ReviewQuarantine", request));
    return ReviewQuarantineResponse.newBuilder()
        .setReviewed(changed.count())
        .setVersion(changed.version())
        .build();
  }

  private static Review order(ReviewQuarantineRequest request) {
    requireFew(request.getEmbeddingsCount());
    if (request.getAll() == request.getEmbeddingsCount() > 0) {
      throw Requests.invalid(
          request.getAll() ? Reason.ARGUMENT_INVALID : Reason.ARGUMENT_MISSING,
          "embeddings",
          request.getAll()
              ? "the request names embeddings, and says all"
              : "the request names no embeddings",
          "name embeddings, or send all");
    }
    if (!request.getAll() && !request.getSpace().isEmpty()) {
      throw Requests.invalid(
          Reason.ARGUMENT_INVALID,
          "space",
          "a space is only for all that is in it",
          "leave it out: embeddings say their own");
    }
    if (request.getReason().getBytes(StandardCharsets.UTF_8).length > Limits.REASON_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "reason",
          "the reason is over " + Limits.REASON_BYTES_MAX + " bytes",
          "shorten it");
    }
    Optional<Name> space =
        request.getSpace().isEmpty()
            ? Optional.empty()
            : Optional.of(Requests.name("space", request.getSpace()));
    List<EmbeddingName> names = SearchWire.names(request.getEmbeddingsList());
    return new Review(names, request.getAll(), space, request.getApprove(), request.getReason());
  }
}
