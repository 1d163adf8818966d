package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.pack.DamagedRecordException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Why chunks do not count as stored. A copy that is hidden for another reason than damage still
 * reads. Remembers some answers, as many assets may share a chunk. Not thread-safe.
 */
final class ChunkProbe {
  private static final int REMEMBERED_MAX = 50_000;

  private final ChunkStore store;
  private final Map<Digest, Outcome> known = new HashMap<>();

  ChunkProbe(ChunkStore store) {
    this.store = store;
  }

  /** What came of an attempt to read it. */
  sealed interface Outcome {
    /** It reads, and has the right digest. */
    record Sound() implements Outcome {}

    /** No pack has it. */
    record Absent() implements Outcome {}

    /** Every copy is damaged. */
    record Damaged(String detail, Set<RecordPlace> places) implements Outcome {
      public Damaged {
        places = Set.copyOf(places);
      }
    }
  }

  Outcome probe(RecordType type, Digest digest) throws IOException {
    Outcome outcome = known.get(digest);
    if (outcome == null) {
      outcome = read(type, digest);
      if (known.size() < REMEMBERED_MAX) {
        known.put(digest, outcome);
      }
    }
    return outcome;
  }

  private Outcome read(RecordType type, Digest digest) throws IOException {
    try {
      return store.getAll(type, List.of(digest)).isEmpty()
          ? new Outcome.Absent()
          : new Outcome.Sound();
    } catch (ChunkDamagedException e) {
      return new Outcome.Damaged(String.valueOf(e.getMessage()), places(e));
    }
  }

  /** Where the damage that an exception tells of is. */
  static Set<RecordPlace> places(Throwable failure) {
    Set<RecordPlace> places = new HashSet<>();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof DamagedRecordException damaged) {
        places.add(new RecordPlace(damaged.pack(), damaged.position()));
        for (Throwable other : damaged.getSuppressed()) {
          places.addAll(places(other));
        }
      }
    }
    return places;
  }
}
