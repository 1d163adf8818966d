package io.aifs.vector;

import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers assets from 0 in the order in which they are met, so that sets of them are bits. Lives as
 * long as the process and only grows. Thread-safe.
 */
public final class AssetNumbers {
  private final ConcurrentHashMap<AssetKey, Integer> numbers = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();

  /** The asset's number, given now if it has none. */
  public int of(AssetKey asset) {
    Integer known = numbers.get(asset);
    return known != null ? known : numbers.computeIfAbsent(asset, _ -> next.getAndIncrement());
  }

  /** The asset's number; empty if it was never met. */
  public OptionalInt find(AssetKey asset) {
    Integer known = numbers.get(asset);
    return known != null ? OptionalInt.of(known) : OptionalInt.empty();
  }

  /** How many were given: all numbers are below. */
  public int size() {
    return next.get();
  }
}
