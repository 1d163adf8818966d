package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.engine.payload.PayloadFinding;
import io.aifs.server.engine.payload.PayloadMode;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Makes uploads visible whose content is stored: it is looked at and made durable. Thread-safe. */
final class UploadCommit {
  private final Catalog catalog;
  private final PayloadGate payloads;
  private final Executor executor;
  private final Clock clock;

  /**
   * @param executor reads ahead in content that is looked at
   */
  UploadCommit(Catalog catalog, PayloadGate payloads, Executor executor, Clock clock) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.payloads = requireNonNull(payloads, "payloads is null");
    this.executor = requireNonNull(executor, "executor is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * What is put where.
   *
   * @param payload what is done about content that is not what its kind demands, unless the
   *     namespace's policy says
   */
  record Order(NamespaceRow namespace, PutHeader header, PutTarget target, PayloadMode payload) {}

  /** Ends one upload. */
  PutSession.Committer of(Order order, DurablePut durable) {
    return (content, request) ->
        commit(order, durable, content, request.map(one -> one.with(content.id())));
  }

  private PutResult commit(
      Order order, DurablePut durable, WrittenContent content, Optional<WriteRequest> request)
      throws IOException {
    NamespaceRow namespace = order.namespace();
    PutTarget target = order.target();
    PayloadFinding payload = inspect(order, durable.store(), content, request);
    AssetPut put =
        put(
            order.header(),
            content,
            storeEmbedding(durable.store(), order.header(), content.id()),
            payload);
    List<LivePack> packs = durable.sync();
    Instant now = clock.instant();
    PutResult result =
        catalog.write(
            writer -> {
              // For a repeated request too: the packs may hold what other uploads rely on.
              writer.ledger().commit(packs, List.of());
              target.requireOpen(writer);
              return WriteRequest.once(
                  request,
                  writer,
                  now,
                  PutResult::encode,
                  PutResult::decode,
                  () ->
                      content.result(
                          target.take(writer, namespace, put, now).version(),
                          writer.namespaces().sharesDomain(namespace),
                          payload.problem()));
            });
    durable.store().recorded(packs);
    target.taken(namespace, put);
    return result;
  }

  /** A repeated request is answered as the first was, whatever is thought of its content now. */
  private PayloadFinding inspect(
      Order order, ChunkStore store, WrittenContent content, Optional<WriteRequest> request)
      throws IOException {
    boolean repeated =
        request.isPresent()
            && catalog.read(reader -> request.get().keptOutcome(reader)).isPresent();
    return repeated
        ? PayloadFinding.UNCHECKED
        : payloads.inspectUpload(
            order.namespace(),
            new PayloadGate.Upload(
                order.header(), content, order.payload(), order.target().isDiscreet()),
            store,
            executor);
  }

  private static AssetPut put(
      PutHeader header,
      WrittenContent content,
      Optional<StagedEmbedding> embedding,
      PayloadFinding payload) {
    StagedAsset asset =
        new StagedAsset(
            content.id(),
            header.kind(),
            content.size(),
            content.manifest(),
            header.metadata(),
            header.parents(),
            embedding,
            header.placement().isEmpty(),
            payload);
    List<PutEntry> paths =
        header.placement().stream()
            .map(
                at ->
                    new PathEntry(
                        at.path(),
                        new TreeEntry.File(
                            content.id(), header.kind(), content.size(), at.attributes())))
            .map(entry -> new PutEntry(entry, false))
            .toList();
    Name branch = header.placement().map(PutHeader.Placement::branch).orElse(Name.MAIN_BRANCH);
    return new AssetPut(branch, List.of(asset), paths);
  }

  private static Optional<StagedEmbedding> storeEmbedding(
      ChunkStore store, PutHeader header, Digest asset) throws IOException {
    if (header.embedding().length == 0) {
      return Optional.empty();
    }
    Chunk chunk = Chunk.of(header.embedding());
    store.putAll(RecordType.CHUNK, List.of(chunk));
    return Optional.of(
        StagedEmbedding.of(new EmbeddingKey(asset, header.embeddingSpace(), ""), chunk));
  }
}
