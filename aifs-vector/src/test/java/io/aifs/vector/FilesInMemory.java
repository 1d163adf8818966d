package io.aifs.vector;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Files at rest that can be looked at, harmed, and stop in the middle. */
final class FilesInMemory implements VectorFiles {
  final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

  /** Removals that a crash undoes. */
  private final Map<String, byte[]> removed = new ConcurrentSkipListMap<>();

  private final AtomicInteger callsUntilCrash = new AtomicInteger(Integer.MAX_VALUE);

  /** From so many changes on, all fail. */
  void crashAfter(int changes) {
    callsUntilCrash.set(changes);
  }

  /** As it is after the crash: removals, which nobody waited for, may not have happened. */
  FilesInMemory afterCrash(boolean removalsAreLost) {
    FilesInMemory after = new FilesInMemory();
    if (removalsAreLost) {
      after.files.putAll(removed);
    }
    after.files.putAll(files);
    return after;
  }

  private void change() throws IOException {
    if (callsUntilCrash.getAndDecrement() <= 0) {
      callsUntilCrash.set(0);
      throw new IOException("crashed");
    }
  }

  @Override
  public List<String> list() {
    return List.copyOf(files.keySet());
  }

  @Override
  public void read(String name, Target target) throws IOException {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new FileNotFoundException(name);
    }
    for (int at = 0; at < bytes.length; at += 10_000) {
      target.accept(bytes, at, Math.min(10_000, bytes.length - at));
    }
  }

  @Override
  public void write(String name, long length, Source source) throws IOException {
    change();
    byte[] bytes = new byte[Math.toIntExact(length)];
    source.next(bytes, bytes.length);
    files.put(name, bytes);
  }

  @Override
  public void delete(String name) throws IOException {
    change();
    byte[] bytes = files.remove(name);
    if (bytes != null) {
      removed.put(name, bytes);
    }
  }

  @Override
  public long sizeAtRest(String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? 0 : bytes.length;
  }
}
