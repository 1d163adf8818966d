package io.aifs.client.bundle;

import io.aifs.client.AifsClient;
import io.aifs.client.FilePut;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.client.Transaction;
import io.aifs.client.TransactionStep;
import io.aifs.client.bundle.ImportListener.Change;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Assets put into a transaction: small ones many at a time. Not thread-safe. */
final class Staging {
  /** Assets up to this size travel together with others. */
  private static final int SMALL_BYTES_MAX = 256 << 10;

  private static final int BATCH_BYTES = Limits.BATCH_BYTES_MAX / 2;

  private final Transaction transaction;
  private final AifsClient client;
  private final Name branch;
  private final FileAttributes attributes;
  private final ImportListener listener;
  private final List<Waiting> batch = new ArrayList<>();
  private final Map<Digest, List<ParentEdge>> edges = new LinkedHashMap<>();
  private long batchBytes;
  private long storedBytes;
  private boolean changes;

  private record Waiting(FilePut put, long bytes, boolean isKnown) {}

  /**
   * @param attributes of every path
   */
  Staging(
      Transaction transaction, Name branch, FileAttributes attributes, ImportListener listener) {
    this.transaction = transaction;
    this.client = transaction.client();
    this.branch = branch;
    this.attributes = attributes;
    this.listener = listener;
  }

  /** Puts content on its own; returns its id. */
  Digest put(PlannedAsset asset, List<ParentEdge> parents) {
    PutOptions options =
        new PutOptions(asset.kind(), asset.metadata(), parents, new float[0], Optional.empty())
            .at(branch, asset.path(), attributes);
    PutOutcome outcome =
        client.assets().put(options, new CountedContent(asset.content(), listener));
    if (outcome.size() != asset.bytes()) {
      throw new AifsException.Failed(
          Reason.IO_FAILED,
          "%s was to have %d bytes, but %d were read"
              .formatted(asset.path(), asset.bytes(), outcome.size()),
          "import it again when nobody writes to it",
          null);
    }
    changes = true;
    storedBytes += outcome.storedBytes();
    Change change = outcome.newChunks() > 0 ? Change.NEW : Change.KNOWN;
    listener.staged(asset.path(), outcome.id(), outcome.size(), change);
    return outcome.id();
  }

  /** Puts content, with other content if it is small. */
  void putSoon(PlannedAsset asset, List<ParentEdge> parents) throws IOException {
    if (asset.bytes() > SMALL_BYTES_MAX) {
      var _ = put(asset, parents);
      return;
    }
    try (InputStream in = new CountedContent(asset.content(), listener).open()) {
      add(asset, new FilePut.What.Data(in.readAllBytes()), asset.bytes(), parents);
    }
  }

  /** Gives content that the store has a path. */
  void name(PlannedAsset asset, Digest id) {
    add(asset, new FilePut.What.Known(id), 0, List.of());
    listener.moved(asset.bytes());
  }

  /** Says what an asset that the store has was made from, which is there or put before. */
  void addParents(Digest child, List<ParentEdge> parents) {
    List<ParentEdge> fresh = new ArrayList<>(parents);
    if (!fresh.isEmpty()) {
      fresh.removeAll(client.assets().stat(child).parents());
    }
    if (!fresh.isEmpty()) {
      edges.merge(child, fresh, Staging::joined);
      if (edges.size() == Limits.BATCH_ENTRIES_MAX) {
        flush();
      }
    }
  }

  private static List<ParentEdge> joined(List<ParentEdge> first, List<ParentEdge> second) {
    List<ParentEdge> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private void add(PlannedAsset asset, FilePut.What what, long bytes, List<ParentEdge> parents) {
    if (batch.size() == Limits.BATCH_ENTRIES_MAX || batchBytes + bytes > BATCH_BYTES) {
      flush();
    }
    batch.add(
        new Waiting(
            new FilePut(asset.path(), what, attributes, asset.kind(), asset.metadata(), parents),
            asset.bytes(),
            what instanceof FilePut.What.Known));
    batchBytes += bytes;
  }

  /** Stages what waits. */
  void flush() {
    if (!batch.isEmpty()) {
      PutFilesOutcome outcome =
          client.tree().putFiles(branch, batch.stream().map(Waiting::put).toList());
      storedBytes += outcome.storedBytes();
      for (int i = 0; i < batch.size(); i++) {
        tell(batch.get(i), outcome.files().get(i));
      }
      batch.clear();
      batchBytes = 0;
      changes = true;
    }
    if (!edges.isEmpty()) {
      transaction.stage(List.of(new TransactionStep.AddParents(edges)));
      edges.clear();
      changes = true;
    }
  }

  private void tell(Waiting waiting, PutFilesOutcome.FileOutcome outcome) {
    Change change = !waiting.isKnown() && outcome.newContent() ? Change.NEW : Change.KNOWN;
    outcome
        .id()
        .ifPresent(id -> listener.staged(waiting.put().path(), id, waiting.bytes(), change));
  }

  /** Removes paths; returns how many. */
  long remove(List<TreePath> paths) {
    if (paths.isEmpty()) {
      return 0;
    }
    var _ = client.tree().remove(branch, paths, false);
    changes = true;
    return paths.size();
  }

  long storedBytes() {
    return storedBytes;
  }

  /** Makes it visible; returns the version that shows it, or 0 if there was nothing to do. */
  long commit() {
    return changes ? transaction.commit() : 0;
  }
}
