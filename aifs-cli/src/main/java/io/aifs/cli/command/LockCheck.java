package io.aifs.cli.command;

import io.aifs.cli.history.LockFile;
import io.aifs.cli.history.LockedInput;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.AifsClient;
import io.aifs.client.History;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Compares what is locked with what the store has. */
final class LockCheck {
  private final Invocation invocation;
  private final Places places;
  private final boolean quick;

  /**
   * @param quick without reading content
   */
  LockCheck(Invocation invocation, Places places, boolean quick) {
    this.invocation = invocation;
    this.places = places;
    this.quick = quick;
  }

  /** How an input fares; the later the worse. */
  private enum State {
    SAME,
    DRIFTED,
    WRONG
  }

  private record Finding(State state, String message) {}

  /** Goes through all inputs: exit code 7 if one is wrong, 1 if one only drifted. */
  ExitCode run(LockFile lock) throws IOException {
    State worst = State.SAME;
    try (Rows rows = invocation.output().rows("inputs")) {
      for (LockedInput input : lock.inputs()) {
        Finding finding = find(input);
        worst = finding.state.compareTo(worst) > 0 ? finding.state : worst;
        String state = finding.state.name().toLowerCase(Locale.ROOT);
        rows.add(
            "%-7s  %s%s"
                .formatted(
                    state,
                    Printable.of(input.place().toString()),
                    finding.message.isEmpty() ? "" : ": " + Printable.of(finding.message)),
            Fields.of("address", input.place())
                .with("state", state)
                .with("message", finding.message)
                .with("snapshot_id", input.snapshot()));
      }
    }
    return switch (worst) {
      case SAME -> ExitCode.OK;
      case DRIFTED -> ExitCode.FAILED;
      case WRONG -> ExitCode.INTEGRITY;
    };
  }

  private Finding find(LockedInput input) throws IOException {
    AifsClient client = places.clientFor(input.place());
    Optional<String> wrong = wrong(input, client, quick);
    if (wrong.isPresent()) {
      return new Finding(State.WRONG, wrong.get());
    }
    try {
      SnapshotId now = client.history().describe(input.place().ref()).id();
      return now.equals(input.snapshot())
          ? new Finding(State.SAME, "")
          : new Finding(State.DRIFTED, "locked " + input.snapshot() + ", now " + now);
    } catch (AifsException.NotFound e) {
      return new Finding(State.DRIFTED, e.getMessage() + "");
    }
  }

  /** What is wrong with the snapshot that an input is pinned to; empty if all is as it was. */
  static Optional<String> wrong(LockedInput input, AifsClient client, boolean quick)
      throws IOException {
    Place.OfPath pinned = input.pinned();
    try {
      SnapshotSummary stored = client.history().describe(pinned.ref());
      if (!input.isPinOf(stored)) {
        return Optional.of("the store says something else of snapshot " + input.snapshot());
      }
      History.Verdict verdict = client.history().check(pinned.ref(), Optional.empty());
      if (!verdict.valid() || !verdict.signatureValid()) {
        return Optional.of(
            "snapshot %s is not what was signed: %s"
                .formatted(input.snapshot(), String.join("; ", verdict.problems())));
      }
      long damaged = quick ? 0 : damaged(pinned, client);
      return damaged == 0
          ? Optional.empty()
          : Optional.of(damaged + " of its assets are damaged; see: aifs verify " + pinned);
    } catch (AifsException.Corrupt | AifsException.NotFound e) {
      return Optional.of(e.getMessage() + "");
    }
  }

  private static long damaged(Place.OfPath place, AifsClient client) throws IOException {
    Entries entries = new Entries(client, place);
    if (entries.require() instanceof TreeEntry.File file) {
      return damaged(Set.of(file.asset()), client);
    }
    long[] damaged = new long[1];
    Set<Digest> batch = new LinkedHashSet<>();
    entries.below(
        info -> {
          if (info.entry() instanceof TreeEntry.File file) {
            batch.add(file.asset());
          }
          if (batch.size() == Limits.BATCH_ENTRIES_MAX) {
            damaged[0] += damaged(batch, client);
            batch.clear();
          }
        });
    return damaged[0] + (batch.isEmpty() ? 0 : damaged(batch, client));
  }

  private static long damaged(Set<Digest> ids, AifsClient client) {
    return client
        .maintenance()
        .verify(List.copyOf(ids), Name.MAIN_BRANCH, List.of(), _ -> {})
        .damaged();
  }
}
