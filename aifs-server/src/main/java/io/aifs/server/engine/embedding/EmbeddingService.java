package io.aifs.server.engine.embedding;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingReader;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.AssetRules;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.engine.EmbeddingCommit;
import io.aifs.server.engine.EmbeddingSpaces;
import io.aifs.server.engine.Failures;
import io.aifs.server.engine.KeptOutcome;
import io.aifs.server.engine.Pins;
import io.aifs.server.engine.StagedEmbedding;
import io.aifs.server.engine.WriteRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Embedding spaces and embeddings of assets. Thread-safe. */
public final class EmbeddingService {
  /**
   * What was put.
   *
   * @param quarantined how many of them wait for approval
   * @param version that shows them
   */
  public record Put(int written, int quarantined, long version) {
    String encode() {
      return written + " " + quarantined + " " + version;
    }

    /**
     * Reads {@link #encode}.
     *
     * @throws AifsException.Corrupt if it is something else
     */
    static Put decode(String line) {
      return KeptOutcome.decode(
          line,
          3,
          words ->
              new Put(
                  Integer.parseInt(words.get(0)),
                  Integer.parseInt(words.get(1)),
                  Long.parseLong(words.get(2))));
    }
  }

  /** How many were changed, and the version that shows it. */
  public record Changed(int count, long version) {
    String encode() {
      return count + " " + version;
    }

    /**
     * Reads {@link #encode}.
     *
     * @throws AifsException.Corrupt if it is something else
     */
    static Changed decode(String line) {
      return KeptOutcome.decode(
          line,
          2,
          words -> new Changed(Integer.parseInt(words.get(0)), Long.parseLong(words.get(1))));
    }
  }

  /** A space and how much is in it. */
  public record SpaceStatus(SpaceRow row, EmbeddingReader.Counts counts) {}

  /**
   * An embedding that waits for approval.
   *
   * @param norm the length of its vector; no number if its chunk is lost or damaged
   */
  public record Waiting(EmbeddingRow row, double norm) {}

  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final Pins pins;
  private final AssetRules rules;
  private final Clock clock;

  /**
   * @param rules what may be put, and what of it waits for approval
   */
  public EmbeddingService(
      Catalog catalog, ChunkStores chunkStores, Pins pins, AssetRules rules, Clock clock) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.pins = pins;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Makes a space; the same again changes nothing.
   *
   * @throws AifsException.AlreadyExists if it is there and is another
   * @throws AifsException.Precondition if the namespace's policy does not allow it
   * @throws AifsException.LimitExceeded if there are too many
   */
  public SpaceRow createSpace(
      NamespaceRow namespace, EmbeddingSpace space, Optional<WriteRequest> request) {
    Instant now = clock.instant();
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                row -> row.space().name().value(),
                name -> requireSpace(writer, namespace, name),
                () -> createSpace(writer, namespace, space, now)));
  }

  private SpaceRow createSpace(
      CatalogWriter writer, NamespaceRow namespace, EmbeddingSpace space, Instant now) {
    String name = space.name().value();
    Optional<SpaceRow> known = writer.embeddings().space(namespace.number(), name);
    if (known.isPresent()) {
      return requireSame(known.get(), space);
    }
    rules.now(writer, namespace.number()).embeddings().requireSpace(name);
    SpaceRow row = EmbeddingSpaces.add(writer, namespace.number(), space, now);
    var _ = EmbeddingSpaces.tell(writer, namespace.number(), row);
    return row;
  }

  private static SpaceRow requireSame(SpaceRow known, EmbeddingSpace space) {
    if (!known.space().equals(space)) {
      EmbeddingSpace there = known.space();
      throw new AifsException.AlreadyExists(
          Reason.SPACE_EXISTS,
          "embedding space '"
              + there.name()
              + "' is there with dimension "
              + there.dimension()
              + ", metric "
              + there.metric()
              + ", storage "
              + there.storage()
              + " and model '"
              + there.model()
              + "'",
          "a space stays what it is: make another, with a name of its own");
    }
    return known;
  }

  private static SpaceRow requireSpace(CatalogReader reader, NamespaceRow namespace, String name) {
    return reader
        .embeddings()
        .space(namespace.number(), name)
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.SPACE_NOT_FOUND,
                    "there is no embedding space '"
                        + name
                        + "' in namespace '"
                        + namespace.name()
                        + "'",
                    "make it first; a list of spaces shows what is there"));
  }

  /** In order of name. */
  public List<SpaceStatus> spaces(NamespaceRow namespace) {
    return catalog.read(
        reader -> {
          Map<String, EmbeddingReader.Counts> counts =
              reader.embeddings().counts(namespace.number());
          return reader.embeddings().spaces(namespace.number()).stream()
              .map(
                  row ->
                      new SpaceStatus(
                          row,
                          counts.getOrDefault(
                              row.space().name().value(), EmbeddingReader.Counts.NONE)))
              .toList();
        });
  }

  /**
   * Embeds assets, all of these or none, in place of what they have under the same space and part;
   * of two for the same part the last counts.
   *
   * @throws AifsException.NotFound if there is no such space, or an asset is not visible
   * @throws AifsException.InvalidRequest naming the vector that the space cannot hold
   * @throws AifsException.Precondition if the namespace's policy does not allow the space
   * @throws AifsException.LimitExceeded if an asset has too many
   */
  public Put put(
      NamespaceRow namespace,
      Name space,
      List<NewEmbedding> embeddings,
      Optional<WriteRequest> request) {
    requireFew(embeddings.size());
    Optional<Put> before =
        request.flatMap(one -> catalog.<Optional<String>>read(one::keptOutcome).map(Put::decode));
    if (before.isPresent()) {
      return before.get();
    }
    EmbeddingSpace target = requireReady(namespace, space, embeddings);
    try (var _ = pins.open()) {
      StoredEmbeddings stored =
          StoredEmbeddings.store(chunkStores.of(namespace.domain()), target, embeddings);
      Instant now = clock.instant();
      Put put =
          catalog.write(
              writer -> {
                // For a repeated request too: the packs may hold what other uploads rely on.
                writer.ledger().commit(stored.packs(), List.of());
                return WriteRequest.once(
                    request,
                    writer,
                    now,
                    Put::encode,
                    Put::decode,
                    () -> put(writer, namespace, target, stored.staged(), now));
              });
      stored.recorded().run();
      return put;
    }
  }

  /** Refuses before anything is stored what would be refused in the end. */
  private EmbeddingSpace requireReady(
      NamespaceRow namespace, Name space, List<NewEmbedding> embeddings) {
    Set<Digest> assets =
        embeddings.stream().map(NewEmbedding::asset).collect(Collectors.toCollection(HashSet::new));
    EmbeddingSpace target =
        catalog.read(
            reader -> {
              SpaceRow row = requireSpace(reader, namespace, space.value());
              requireVisible(reader, namespace, assets);
              return row.space();
            });
    rules.expected(namespace.number()).embeddings().requireSpace(space.value());
    return target;
  }

  private static void requireVisible(
      CatalogReader reader, NamespaceRow namespace, Set<Digest> assets) {
    Map<Digest, AssetRow> found = reader.assets().findAll(namespace.number(), assets);
    for (Digest asset : assets) {
      if (!found.containsKey(asset)) {
        throw AssetService.notFound(reader, namespace, asset);
      }
    }
  }

  private Put put(
      CatalogWriter writer,
      NamespaceRow namespace,
      EmbeddingSpace space,
      List<StagedEmbedding> staged,
      Instant now) {
    requireVisible(
        writer,
        namespace,
        staged.stream().map(one -> one.key().asset()).collect(Collectors.toSet()));
    EmbeddingCommit commit =
        new EmbeddingCommit(
            writer, namespace.number(), rules.now(writer, namespace.number()).embeddings(), now);
    EmbeddingEvents events = new EmbeddingEvents();
    int quarantined = 0;
    for (StagedEmbedding embedding : staged) {
      EmbeddingCommit.Outcome outcome = commit.put(space, embedding);
      quarantined += outcome.waits() ? 1 : 0;
      if (outcome.changed()) {
        events.add(
            outcome.waits() ? EmbeddingEvents.QUARANTINE : EmbeddingEvents.PUT, embedding.key());
      }
    }
    return new Put(staged.size(), quarantined, events.append(writer, namespace.number(), "", now));
  }

  /** Removes embeddings; those that are not there are ignored. */
  public Changed remove(
      NamespaceRow namespace, List<EmbeddingName> embeddings, Optional<WriteRequest> request) {
    requireFew(embeddings.size());
    Instant now = clock.instant();
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                Changed::encode,
                Changed::decode,
                () -> remove(writer, namespace.number(), embeddings, now)));
  }

  private static Changed remove(
      CatalogWriter writer, long namespace, List<EmbeddingName> embeddings, Instant now) {
    EmbeddingEvents events = new EmbeddingEvents();
    int removed = 0;
    for (EmbeddingName name : embeddings) {
      EmbeddingKey key = new EmbeddingKey(name.asset(), name.space().value(), name.part());
      if (writer.embeddings().remove(namespace, key)) {
        events.add(EmbeddingEvents.REMOVE, key);
        removed++;
      }
    }
    return new Changed(removed, events.append(writer, namespace, "", now));
  }

  /** Those that wait for approval, in order of key. */
  public List<Waiting> quarantined(
      NamespaceRow namespace, Optional<EmbeddingKey> after, int limit) {
    List<EmbeddingRow> rows =
        catalog.read(reader -> reader.embeddings().quarantined(namespace.number(), after, limit));
    try {
      Map<Digest, Double> norms =
          Norms.of(
              chunkStores.of(namespace.domain()),
              rows.stream().map(EmbeddingRow::content).toList());
      return rows.stream()
          .map(row -> new Waiting(row, norms.getOrDefault(row.content(), Double.NaN)))
          .toList();
    } catch (IOException e) {
      throw Failures.translate("embeddings could not be read", e);
    }
  }

  /**
   * Approves or removes those that wait for approval; others are ignored. A repeated request goes
   * on where the first was interrupted.
   */
  public Changed review(NamespaceRow namespace, Review review, Optional<WriteRequest> request) {
    requireFew(review.embeddings().size());
    Optional<Changed> before =
        request.flatMap(
            one -> catalog.<Optional<String>>read(one::keptOutcome).map(Changed::decode));
    if (before.isPresent()) {
      return before.get();
    }
    QuarantineReview work = new QuarantineReview(namespace.number(), review, clock.instant());
    return review.all() ? reviewAll(work, request) : reviewNamed(work, request);
  }

  private Changed reviewNamed(QuarantineReview work, Optional<WriteRequest> request) {
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                work.begun(),
                Changed::encode,
                Changed::decode,
                () -> {
                  QuarantineReview.Step step = work.next(writer, Optional.empty());
                  return new Changed(step.count(), step.version());
                }));
  }

  private Changed reviewAll(QuarantineReview work, Optional<WriteRequest> request) {
    int count = 0;
    QuarantineReview.Step step = catalog.write(writer -> work.next(writer, Optional.empty()));
    while (step.next().isPresent()) {
      count += step.count();
      Optional<EmbeddingKey> after = step.next();
      step = catalog.write(writer -> work.next(writer, after));
    }
    Changed changed = new Changed(count + step.count(), step.version());
    return catalog.write(
        writer ->
            WriteRequest.once(
                request, writer, work.begun(), Changed::encode, Changed::decode, () -> changed));
  }

  private static void requireFew(int embeddings) {
    if (embeddings > Limits.BATCH_ENTRIES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "embeddings",
          "there are " + embeddings + " embeddings, over " + Limits.BATCH_ENTRIES_MAX,
          "split the call");
    }
  }
}
