package io.aifs.server.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the log is told of a call, or of several that were refused for the same reason.
 *
 * @param at when it ended
 * @param token names exactly the token; empty if there was none, or none that is this store's
 * @param family names what was minted; empty likewise
 * @param method the full name of the method; of what the log says of itself, {@code aifs.audit/...}
 * @param namespace the one it worked in; empty if none
 * @param what names what it was about, never content; values are text or whole numbers
 * @param outcome {@code OK}, or the status code
 * @param reason the reason of a failure; empty if none
 * @param requestId names the call in the server's log
 * @param client where it came from
 * @param count how many calls this stands for
 */
public record AuditRecord(
    Instant at,
    String token,
    String family,
    String method,
    String namespace,
    Map<String, Object> what,
    String outcome,
    String reason,
    String requestId,
    String client,
    long count) {
  /** The outcome of what was done. */
  public static final String OK = "OK";

  public AuditRecord {
    requireNonNull(at, "at is null");
    requireNonNull(method, "method is null");
    what = Collections.unmodifiableMap(new LinkedHashMap<>(what));
    if (count < 1) {
      throw new IllegalArgumentException("count is below 1: " + count);
    }
  }

  /** The same, for so many calls. */
  AuditRecord counted(long calls) {
    return new AuditRecord(
        at, token, family, method, namespace, what, outcome, reason, requestId, client, calls);
  }
}
