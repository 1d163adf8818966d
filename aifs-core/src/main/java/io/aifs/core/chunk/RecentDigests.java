package io.aifs.core.chunk;

import io.aifs.crypto.Digest;
import java.util.LinkedHashSet;
import java.util.Set;

/** The digests that were added last, up to a number of them. Not thread-safe. */
public final class RecentDigests {
  private final int countMax;
  private final Set<Digest> digests = new LinkedHashSet<>();

  public RecentDigests(int countMax) {
    this.countMax = countMax;
  }

  /** Adds one, as the youngest; the oldest goes if there are too many. */
  public void add(Digest digest) {
    digests.remove(digest);
    digests.add(digest);
    if (digests.size() > countMax) {
      digests.remove(digests.iterator().next());
    }
  }

  public boolean contains(Digest digest) {
    return digests.contains(digest);
  }
}
