package io.aifs.server.grpc.limit;

import static java.util.Comparator.comparingLong;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The accounts of one kind, by what they are of. Bounded: when there are too many, those that are
 * as if new are forgotten, and if that is not enough, those that were not used for longest. One
 * with calls under way stays. Thread-safe.
 */
final class Accounts<K> {
  private final Map<K, Account> accounts = new ConcurrentHashMap<>();
  private final ReentrantLock forgetting = new ReentrantLock();
  private final int most;

  /** An account, and when it was used at one instant: others may use it while it is sorted. */
  private record Aged<K>(K key, Account account, long usedAt) {}

  Accounts(int most) {
    this.most = most;
  }

  /** Lets a call in, or not. */
  Entry enter(K key, Allowance allowance, long now) {
    while (true) {
      Account account = accounts.get(key);
      boolean made = account == null;
      if (account == null) {
        account = accounts.computeIfAbsent(key, _ -> new Account(allowance, now));
      }
      Optional<Entry> entry = account.enter(allowance, now);
      if (made && accounts.size() > most) {
        forget(now); // not before: it would find the new one idle
      }
      if (entry.isPresent()) {
        return entry.get();
      }
      accounts.remove(key, account);
    }
  }

  int size() {
    return accounts.size();
  }

  private void forget(long now) {
    if (!forgetting.tryLock()) {
      return; // another thread does
    }
    try {
      accounts.values().removeIf(account -> account.endIfIdle(now));
      if (accounts.size() > most) {
        accounts.entrySet().stream()
            .map(entry -> new Aged<>(entry.getKey(), entry.getValue(), entry.getValue().usedAt()))
            .sorted(comparingLong(aged -> aged.usedAt() - now))
            .limit(Math.max(1, most / 4))
            .filter(aged -> aged.account().end())
            .forEach(aged -> accounts.remove(aged.key(), aged.account()));
      }
    } finally {
      forgetting.unlock();
    }
  }
}
