package io.aifs.cli.testing;

import io.aifs.client.Versions;

/** Remembers what was demanded. */
public final class MemoryVersions implements Versions {
  private long newest;

  @Override
  public synchronized long newest() {
    return newest;
  }

  @Override
  public synchronized void require(long version) {
    newest = Math.max(newest, version);
  }
}
