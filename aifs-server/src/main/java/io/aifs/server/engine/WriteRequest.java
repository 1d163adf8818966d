package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.KeptRequest;
import io.aifs.server.catalog.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A write call's request id, so that a retry after a lost reply gets the first result.
 *
 * @param request digest of the whole request: the same id with another request is refused
 */
public record WriteRequest(RequestKey key, Digest request) {
  static final Duration KEPT = Duration.ofHours(24);

  /** The same for a request whose content is known by its digest only. */
  WriteRequest with(Digest content) {
    Hasher hasher = new Hasher();
    hasher.update(request.toBytes(), 0, Digest.BYTES);
    hasher.update(content.toBytes(), 0, Digest.BYTES);
    return new WriteRequest(key, hasher.finish());
  }

  /**
   * What came of this request the first time, if it was made before. Asked ahead of a write it
   * spares the work; only {@link #once} tells for sure that nobody was faster.
   *
   * @throws AifsException.InvalidRequest if the id was used for another request
   */
  public Optional<String> keptOutcome(CatalogReader reader) {
    Optional<KeptRequest> kept = reader.findRequest(key);
    kept.ifPresent(this::requireSame);
    return kept.map(KeptRequest::outcome);
  }

  /** Runs {@code work}, or gives the outcome kept of the first time, in one catalog write. */
  public static <T> T once(
      Optional<WriteRequest> id,
      CatalogWriter writer,
      Instant now,
      Function<T, String> encode,
      Function<String, T> decode,
      Supplier<T> work) {
    if (id.isEmpty()) {
      return work.get();
    }
    WriteRequest request = id.get();
    Optional<String> kept = request.keptOutcome(writer);
    if (kept.isPresent()) {
      return decode.apply(kept.get());
    }
    T outcome = work.get();
    long micros = Instants.toMicros(now);
    writer.keepRequest(
        request.key(),
        new KeptRequest(request.request(), encode.apply(outcome), micros),
        Instants.toMicros(now.minus(KEPT)));
    return outcome;
  }

  private void requireSame(KeptRequest kept) {
    if (!kept.request().equals(request)) {
      throw new AifsException.InvalidRequest(
          Reason.REQUEST_ID_REUSED,
          "request_id",
          "request id '" + key.requestId() + "' was used for another request",
          "use a new request id for each request, and the same one only to retry it");
    }
  }
}
