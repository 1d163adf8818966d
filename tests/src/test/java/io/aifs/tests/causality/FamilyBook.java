package io.aifs.tests.causality;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From what each asset is made. A family is written down before anybody puts it, so that readers
 * can look for it at every moment. Thread-safe.
 */
final class FamilyBook {
  /** Of how many families readers look for the newest ones. */
  private static final int RECENT = 512;

  private final Map<Digest, List<Digest>> parents = new ConcurrentHashMap<>();
  private final @Nullable Digest[] recent = new Digest[RECENT];
  private final AtomicLong written = new AtomicLong();
  private final CopyOnWriteArraySet<Digest> never = new CopyOnWriteArraySet<>();

  /** To be called before the child is put for the first time. */
  void announce(Digest child, List<Digest> madeFrom) {
    parents.put(child, List.copyOf(madeFrom));
    synchronized (recent) {
      recent[Math.floorMod(written.getAndIncrement(), RECENT)] = child;
    }
  }

  /** Says that an asset is made from more, before that is recorded. */
  void announceMore(Digest child, List<Digest> madeFrom) {
    parents.merge(
        child,
        madeFrom,
        (known, more) -> Stream.concat(known.stream(), more.stream()).distinct().toList());
  }

  /** Says that an asset was given up, for good: nobody may ever see it. */
  void giveUp(Digest asset) {
    never.add(asset);
  }

  boolean isGivenUp(Digest asset) {
    return never.contains(asset);
  }

  /** What an asset is made from; empty of one that is in no family. */
  List<Digest> parents(Digest asset) {
    return parents.getOrDefault(asset, List.of());
  }

  boolean knows(Digest asset) {
    return parents.containsKey(asset);
  }

  /** Some that were announced lately, most of which are being put. */
  List<Digest> someRecent(SplittableRandom random, int count) {
    List<Digest> some = new ArrayList<>();
    synchronized (recent) {
      int filled = (int) Math.min(written.get(), RECENT);
      for (int i = 0; i < count && filled > 0; i++) {
        some.add(requireNonNull(recent[random.nextInt(filled)]));
      }
    }
    return some;
  }
}
