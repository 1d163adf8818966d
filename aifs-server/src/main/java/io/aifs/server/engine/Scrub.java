package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.jobs.Cancellation;
import io.aifs.server.engine.jobs.JobWork;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads assets back, a part of the store at each turn, so that each is read once in a round of a
 * given length. What is damaged is looked at again at every turn, and is the job's error until it
 * reads again or is deleted.
 */
public final class Scrub implements JobWork {
  /** How often a part is read. */
  public static final Duration TURN = Duration.ofMinutes(10);

  /** What an asset counts for beside its bytes, so that a million empty ones are some work too. */
  private static final long ASSET_BYTES = 4_096;

  private static final int ROWS_AT_A_TIME = 100;

  private final Catalog catalog;
  private final StatusService status;
  private final ScrubFindings findings;
  private final ScrubPosition.Memory memory;
  private final Duration round;

  /**
   * @param round in what time the whole store shall have been read
   */
  public Scrub(
      Catalog catalog,
      StatusService status,
      AssetVerifier verifier,
      ScrubPosition.Memory memory,
      Duration round) {
    this.catalog = catalog;
    this.status = status;
    this.findings = new ScrubFindings(verifier);
    this.memory = memory;
    this.round = round;
  }

  @Override
  public String run(Cancellation cancellation) throws IOException {
    findings.lookAgain(cancellation);
    Part part = new Part(share(), memory.load());
    try {
      readOn(part, cancellation);
    } finally {
      memory.save(part.position);
    }
    if (findings.count() > 0) {
      throw new AifsException.Corrupt(
          Reason.ASSET_DAMAGED,
          findings.sentence(),
          "run 'aifs fsck --read-data' for all of it, and restore them from their source");
    }
    return "read "
        + part.assets
        + " assets, "
        + part.bytes
        + " bytes: all intact"
        + (part.position.isEmpty() ? "; the round is complete" : "");
  }

  /** What a turn has to read for a round to take its time. */
  private long share() {
    StatusService.Status now = status.status();
    double all = now.contentBytes() + (double) ASSET_BYTES * now.assets();
    return (long) Math.ceil(all * Math.min(1, (double) TURN.toMillis() / round.toMillis()));
  }

  private void readOn(Part part, Cancellation cancellation) {
    Optional<ScrubPosition> start = part.position;
    Optional<NamespaceRow> namespace = start.flatMap(at -> find(at.namespace()));
    Optional<Digest> after =
        namespace.isPresent() ? start.map(ScrubPosition::asset) : Optional.empty();
    if (namespace.isEmpty()) {
      namespace = next(start.map(ScrubPosition::namespace));
    }
    while (namespace.isPresent()) {
      if (!readNamespace(namespace.get(), after, part, cancellation)) {
        return;
      }
      after = Optional.empty();
      namespace = next(namespace.map(NamespaceRow::name));
    }
    part.position = Optional.empty(); // the next turn begins a new round
  }

  /** Returns false if the part is full before the end of the namespace. */
  private boolean readNamespace(
      NamespaceRow namespace, Optional<Digest> after, Part part, Cancellation cancellation) {
    Optional<Digest> from = after;
    while (true) {
      Optional<Digest> start = from;
      List<AssetRow> rows =
          catalog.read(
              reader -> reader.assets().listById(namespace.number(), start, ROWS_AT_A_TIME));
      for (AssetRow row : rows) {
        if (part.full()) {
          return false;
        }
        findings.look(namespace, row.id(), cancellation);
        part.add(new ScrubPosition(namespace.name(), row.id()), row.size());
      }
      if (rows.size() < ROWS_AT_A_TIME) {
        return true;
      }
      from = Optional.of(rows.getLast().id());
    }
  }

  private Optional<NamespaceRow> find(Name name) {
    return catalog.read(reader -> reader.namespaces().find(name));
  }

  private Optional<NamespaceRow> next(Optional<Name> after) {
    return catalog.read(reader -> reader.namespaces().list(after, 1)).stream().findFirst();
  }

  /** What one turn reads. */
  private static final class Part {
    private final long share;
    private Optional<ScrubPosition> position;
    private long weight;
    private long assets;
    private long bytes;

    Part(long share, Optional<ScrubPosition> position) {
      this.share = share;
      this.position = position;
    }

    boolean full() {
      return weight >= share && assets > 0;
    }

    void add(ScrubPosition read, long size) {
      position = Optional.of(read);
      weight += size + ASSET_BYTES;
      assets++;
      bytes += size;
    }
  }
}
