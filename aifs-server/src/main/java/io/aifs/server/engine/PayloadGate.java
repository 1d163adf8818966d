package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.schemas.ByteSource;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.engine.payload.PayloadFinding;
import io.aifs.server.engine.payload.PayloadInspector;
import io.aifs.server.engine.payload.PayloadMode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Has content looked at that is stored, or about to be, before it becomes visible. Thread-safe. */
final class PayloadGate {
  /** Each holds some MiB: what is read back, and vectors on their way. */
  private static final int LOOKS_MAX = 16;

  private static final long TURN_SECONDS_MAX = 30;
  private static final long RETRY_AFTER_MILLIS = 2_000;

  private final Catalog catalog;
  private final AssetRules rules;
  private final PayloadInspector inspector;
  private final Semaphore looks = new Semaphore(LOOKS_MAX, true);

  PayloadGate(Catalog catalog, AssetRules rules, PayloadInspector inspector) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.inspector = requireNonNull(inspector, "inspector is null");
  }

  /**
   * An upload whose content is stored.
   *
   * @param byDefault what is done where the namespace's policy does not say
   * @param discreet as of {@link AssetCommit}
   */
  record Upload(PutHeader header, WrittenContent content, PayloadMode byDefault, boolean discreet) {
    private String name() {
      return header.placement().map(at -> at.path().value()).orElse("");
    }
  }

  /**
   * Looks at an upload's content, and stores the vectors that it holds.
   *
   * @throws AifsException.InvalidRequest if it is not what its kind demands, and the namespace or
   *     the call is strict
   * @throws AifsException.LimitExceeded if too many are looked at already, for too long
   */
  PayloadFinding inspectUpload(
      NamespaceRow namespace, Upload upload, ChunkStore store, Executor executor)
      throws IOException {
    AssetKind kind = upload.header().kind();
    if (kind == AssetKind.BLOB) {
      return PayloadFinding.VALID;
    }
    takeTurn();
    try {
      return inspector.inspect(
          mode(namespace, upload),
          new PayloadInspector.Subject(
              kind,
              content(upload, store, executor),
              upload.name(),
              chunks -> {
                var _ = store.putAll(RecordType.CHUNK, chunks);
              }));
    } finally {
      looks.release();
    }
  }

  private void takeTurn() {
    try {
      if (!looks.tryAcquire(TURN_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AifsException.LimitExceeded(
            Reason.MEMORY_BUDGET,
            "the server looks into " + LOOKS_MAX + " uploads and none ended in time",
            "try again in a moment, with fewer uploads at once",
            RETRY_AFTER_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new AifsException.Unavailable(
          Reason.CANCELLED, "the upload was given up while it waited for its turn", "", null);
    }
  }

  private PayloadMode mode(NamespaceRow namespace, Upload upload) {
    PayloadMode mode = expected(namespace, upload.byDefault());
    // What is there as a blob becomes more only if somebody looked.
    return mode == PayloadMode.OFF && !upload.discreet() && isBlob(namespace, upload.content().id())
        ? PayloadMode.WARN
        : mode;
  }

  private PayloadMode expected(NamespaceRow namespace, PayloadMode byDefault) {
    return rules.expected(namespace.number()).payload().orElse(byDefault);
  }

  private boolean isBlob(NamespaceRow namespace, Digest id) {
    return catalog
        .read(reader -> reader.assets().find(namespace.number(), id))
        .filter(row -> row.kind() == AssetKind.BLOB)
        .isPresent();
  }

  private static ByteSource content(Upload upload, ChunkStore store, Executor executor) {
    WrittenContent content = upload.content();
    AssetRow row =
        new AssetRow(
            content.id(),
            upload.header().kind(),
            content.size(),
            Instant.EPOCH,
            0,
            false,
            false,
            content.manifest(),
            Map.of());
    return new StoredContent(new ContentReader(row, store, executor));
  }

  /**
   * Looks at a small file, whose content is not stored yet.
   *
   * @param name what to call it in a message
   * @param vectors takes the vectors that it holds
   * @throws AifsException.InvalidRequest if it is not what its kind demands, unless the namespace
   *     is not strict
   */
  PayloadFinding inspectFile(
      NamespaceRow namespace,
      AssetKind kind,
      byte[] data,
      String name,
      PayloadInspector.VectorSink vectors)
      throws IOException {
    return inspector.inspect(
        expected(namespace, PayloadMode.STRICT),
        new PayloadInspector.Subject(kind, ByteSource.of(data), name, vectors));
  }
}
