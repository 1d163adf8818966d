package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.Name;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Namespaces, each with a domain of its own. Thread-safe. */
public final class NamespaceService {
  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final Supplier<DomainId> domainIds;
  private final ChunkerParameters chunker;
  private final Clock clock;

  /** Those that were asked for: a namespace never changes nor goes. */
  private final Map<Name, NamespaceRow> known = new ConcurrentHashMap<>();

  /**
   * @param chunker what new namespaces get, for good
   */
  public NamespaceService(
      Catalog catalog,
      ChunkStores chunkStores,
      Supplier<DomainId> domainIds,
      ChunkerParameters chunker,
      Clock clock) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.domainIds = domainIds;
    this.chunker = chunker;
    this.clock = clock;
  }

  /**
   * The namespace of this name.
   *
   * @throws AifsException.NotFound if there is none
   */
  public NamespaceRow require(Name name) {
    return recall(name).orElseGet(() -> read(name));
  }

  /** The namespace of this name, if somebody asked for it before; touches no disk. */
  public Optional<NamespaceRow> recall(Name name) {
    return Optional.ofNullable(known.get(name));
  }

  private NamespaceRow read(Name name) {
    NamespaceRow row =
        catalog
            .read(reader -> reader.namespaces().find(name))
            .orElseThrow(
                () ->
                    new AifsException.NotFound(
                        Reason.NAMESPACE_NOT_FOUND,
                        "namespace '" + name + "' does not exist",
                        "list the namespaces with 'aifs namespace list', or create it with 'aifs"
                            + " namespace create "
                            + name
                            + "'"));
    known.put(name, row);
    return row;
  }

  /** In order of name, those after {@code after}; at most {@code limit}. */
  public List<NamespaceRow> list(Optional<Name> after, int limit) {
    return catalog.read(reader -> reader.namespaces().list(after, limit));
  }

  /**
   * Creates a namespace with its own domain and keys.
   *
   * @throws AifsException.AlreadyExists if the name is taken
   */
  public NamespaceRow create(
      Name name, String description, Map<String, String> metadata, Optional<WriteRequest> request) {
    Metadata.requireValid(metadata);
    if (description.getBytes(StandardCharsets.UTF_8).length > Limits.DESCRIPTION_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "description",
          "the description is over " + Limits.DESCRIPTION_BYTES_MAX + " bytes",
          "shorten it");
    }
    boolean there = catalog.read(reader -> reader.namespaces().find(name)).isPresent();
    // Keys are durable before the row that needs them; a crash between leaves only unused keys.
    DomainId domain = domainIds.get();
    Map<String, byte[]> keyFiles = there ? Map.of() : chunkStores.createDomain(domain);
    Instant now = clock.instant();
    NamespaceRow row = new NamespaceRow(0, name, description, now, metadata, domain, chunker);
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                created -> created.name().value(),
                _ -> writer.namespaces().find(name).orElseThrow(),
                () -> {
                  if (there || writer.namespaces().find(name).isPresent()) {
                    throw exists(name);
                  }
                  keyFiles.forEach(writer.ledger()::putKeyFile);
                  NamespaceRow made = writer.namespaces().create(row);
                  var _ =
                      writer
                          .events()
                          .append(
                              new EventRow(
                                  0,
                                  made.number(),
                                  "namespace.create",
                                  now,
                                  List.of(),
                                  Map.of("name", name.value())));
                  return made;
                }));
  }

  private static AifsException.AlreadyExists exists(Name name) {
    return new AifsException.AlreadyExists(
        Reason.NAMESPACE_EXISTS,
        "namespace '" + name + "' exists",
        "use it as it is, or choose another name");
  }
}
