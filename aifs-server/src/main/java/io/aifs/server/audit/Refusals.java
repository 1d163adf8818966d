package io.aifs.server.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts refused calls, so that many of them make few records: one for each token, reason and
 * method in a second. Memory and records are bounded: beyond, calls are counted together. Not
 * thread-safe.
 */
final class Refusals {
  static final int KEYS_MAX = 1_024;

  /** Stands for all that are counted together. */
  static final String OTHERS = "aifs.audit/Others";

  private final Map<Key, Counted> counted = new LinkedHashMap<>();
  private long second = Long.MIN_VALUE;

  private record Key(String token, String family, String method, String outcome, String reason) {}

  private static final class Counted {
    private final AuditRecord first;
    private long calls;

    Counted(AuditRecord first) {
      this.first = first;
    }
  }

  /** Whether the second that they are of is over. */
  boolean due(Instant now) {
    return now.getEpochSecond() != second;
  }

  boolean isEmpty() {
    return counted.isEmpty();
  }

  void add(AuditRecord refused) {
    if (counted.isEmpty()) {
      second = refused.at().getEpochSecond();
    }
    Key key =
        new Key(
            refused.token(),
            refused.family(),
            refused.method(),
            refused.outcome(),
            refused.reason());
    if (counted.size() >= KEYS_MAX && !counted.containsKey(key)) {
      key = new Key("", "", OTHERS, refused.outcome(), "");
    }
    AuditRecord first = key.method().equals(OTHERS) ? others(refused) : refused;
    counted.computeIfAbsent(key, _ -> new Counted(first)).calls += refused.count();
  }

  private static AuditRecord others(AuditRecord refused) {
    return new AuditRecord(
        refused.at(), "", "", OTHERS, "", Map.of(), refused.outcome(), "", "", "", 1);
  }

  /** A record for each, in the order in which they came first; nothing is counted afterwards. */
  List<AuditRecord> take() {
    List<AuditRecord> records = new ArrayList<>();
    counted.values().forEach(one -> records.add(one.first.counted(one.calls)));
    counted.clear();
    return records;
  }
}
