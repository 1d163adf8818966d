package io.aifs.server.grpc.limit;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one token, caveat or namespace uses of its {@link Allowance}. Thread-safe. */
final class Account {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** When another call ends is not known; it is worth a look. */
  private static final long LOOK_AGAIN_NANOS = SECOND;

  private Allowance allowance;
  private @Nullable Bucket calls;
  private @Nullable Bucket bytes;
  private @Nullable Bucket searches;
  private long underWay;
  private long usedAt;
  private boolean gone;

  Account(Allowance allowance, long now) {
    this.allowance = allowance;
    this.usedAt = now;
    fill(now);
  }

  /** Full buckets: what was used under another allowance is forgotten. */
  private void fill(long now) {
    calls = allowance.calls() == 0 ? null : new Bucket(allowance.calls(), allowance.nanos(), now);
    bytes =
        allowance.bytesPerSecond() == 0
            ? null
            : new Bucket(allowance.bytesPerSecond(), SECOND, now);
    searches =
        allowance.searchesPerSecond() == 0
            ? null
            : new Bucket(allowance.searchesPerSecond(), SECOND, now);
  }

  /**
   * Lets a call in, or not; then nothing is used.
   *
   * @param current what counts from now on
   * @return empty if this account is at its end, and there is to be another
   */
  synchronized Optional<Entry> enter(Allowance current, long now) {
    if (gone) {
      return Optional.empty();
    }
    usedAt = now;
    if (!current.equals(allowance)) {
      allowance = current;
      fill(now);
    }
    return Optional.of(entered(now));
  }

  private Entry entered(long now) {
    long most = allowance.concurrentCalls();
    if (most > 0 && underWay >= most) {
      return new Entry.Refused(Entry.What.CONCURRENT_CALLS, most, LOOK_AGAIN_NANOS);
    }
    long overdrawn = bytes == null ? 0 : bytes.overdrawnNanos(now);
    if (overdrawn > 0) {
      return new Entry.Refused(Entry.What.BYTES, allowance.bytesPerSecond(), overdrawn);
    }
    long wait = calls == null ? 0 : calls.tryTake(now);
    if (wait > 0) {
      return new Entry.Refused(Entry.What.CALLS, allowance.calls(), wait);
    }
    underWay++;
    return new Entry.Entered(this);
  }

  synchronized void leave() {
    underWay--;
  }

  /** Counts what a call carried. Calls to come pay for it. */
  synchronized void carried(long much, long now) {
    if (bytes != null) {
      bytes.take(much, now);
    }
  }

  /** Counts queries if there may be so many; else says why not, and counts none. */
  synchronized Optional<Entry.Refused> search(int queries, long now) {
    long wait = searches == null ? 0 : searches.tryTake(queries, now);
    return wait == 0
        ? Optional.empty()
        : Optional.of(new Entry.Refused(Entry.What.SEARCHES, allowance.searchesPerSecond(), wait));
  }

  /** Counts queries no more that another account refused. */
  synchronized void searchedInVain(int queries, long now) {
    if (searches != null) {
      searches.giveBack(queries, now);
    }
  }

  /** When the last call came. */
  synchronized long usedAt() {
    return usedAt;
  }

  /** Ends its use, unless forgetting it would make a difference. */
  synchronized boolean endIfIdle(long now) {
    return isFull(calls, now) && isFull(bytes, now) && isFull(searches, now) && end();
  }

  private static boolean isFull(@Nullable Bucket bucket, long now) {
    return bucket == null || bucket.isFull(now);
  }

  /** Ends its use, unless calls are under way. */
  synchronized boolean end() {
    gone |= underWay == 0;
    return gone;
  }
}
