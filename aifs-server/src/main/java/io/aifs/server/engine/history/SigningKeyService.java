package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.WriteRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What callers may know and change of signing keys. Thread-safe. */
public final class SigningKeyService {
  private final SnapshotKeys keys;
  private final Catalog catalog;
  private final Clock clock;

  public SigningKeyService(SnapshotKeys keys, Catalog catalog, Clock clock) {
    this.keys = keys;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** The public keys of a namespace, oldest first; the last one signs. */
  public List<PublicKey> list(NamespaceRow namespace) {
    return keys.all(namespace);
  }

  /**
   * Makes a new signing key. One rotation at a time, so that a repeated request finds what the
   * first has done; if a crash comes between the key and the note of it, the repeat makes one more,
   * which does no harm.
   *
   * @throws AifsException.InvalidRequest if the request id was used for another request
   */
  public synchronized PublicKey rotate(NamespaceRow namespace, Optional<WriteRequest> request) {
    Optional<String> kept =
        catalog.read(reader -> request.flatMap(write -> write.keptOutcome(reader)));
    if (kept.isPresent()) {
      return find(namespace, kept.get());
    }
    PublicKey made = keys.rotate(namespace);
    Instant now = clock.instant();
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                key -> key.id().hex(),
                id -> find(namespace, id),
                () -> {
                  new HistoryEvents(writer, namespace, now)
                      .append(HistoryEvents.KEY_ROTATE, Map.of("key", made.id().hex()));
                  return made;
                }));
  }

  private PublicKey find(NamespaceRow namespace, String id) {
    return keys.all(namespace).stream()
        .filter(key -> key.id().hex().equals(id))
        .findFirst()
        .orElseThrow(); // keys are never removed
  }
}
