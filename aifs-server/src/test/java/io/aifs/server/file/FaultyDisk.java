package io.aifs.server.file;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Disk} that fails as it is told: always, so many times, by chance, or when it is full.
 * Otherwise it is the disk behind it. Thread-safe.
 */
public final class FaultyDisk implements Disk {
  /** What can fail. */
  public enum Operation {
    CREATE,
    APPEND,
    SYNC,
    OPEN,
    READ,
    RENAME,
    DELETE,
    SYNC_DIRECTORY
  }

  private final Disk inner;
  private final Map<Operation, Integer> failures = new EnumMap<>(Operation.class);
  private final Map<Operation, Gate> gates = new EnumMap<>(Operation.class);
  private long freeBytes = Long.MAX_VALUE;
  private boolean flipping;
  private double chance;
  private SplittableRandom random = new SplittableRandom(0);

  public FaultyDisk(Disk inner) {
    this.inner = inner;
  }

  /** An operation that takes as long as a test wants. */
  public static final class Gate {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Returns when an operation waits at the gate. */
    public void awaitEntered() throws InterruptedException {
      entered.await();
    }

    /** Lets all go on. */
    public void open() {
      open.countDown();
    }

    private void pass() throws IOException {
      entered.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  /** The next {@code count} operations of this kind fail. */
  public synchronized void fail(Operation operation, int count) {
    failures.put(operation, count);
  }

  /** Every operation of this kind fails until {@link #heal}. */
  public synchronized void failAll(Operation operation) {
    failures.put(operation, Integer.MAX_VALUE);
  }

  /** From now on this many bytes can be written, then the disk is full. */
  public synchronized void freeBytes(long bytes) {
    freeBytes = bytes;
  }

  /** What is read has a bit wrong, until {@link #heal}. */
  public synchronized void flipReads() {
    flipping = true;
  }

  /** Any operation fails with this chance, until {@link #heal}. */
  public synchronized void failByChance(double probability, SplittableRandom seeded) {
    chance = probability;
    random = seeded;
  }

  /** Operations of this kind wait from now on. */
  public synchronized Gate slow(Operation operation) {
    Gate gate = new Gate();
    gates.put(operation, gate);
    return gate;
  }

  /** All is well again. */
  public synchronized void heal() {
    failures.clear();
    gates.values().forEach(Gate::open);
    gates.clear();
    freeBytes = Long.MAX_VALUE;
    flipping = false;
    chance = 0;
  }

  private void before(Operation operation) throws IOException {
    Gate gate = gate(operation);
    if (gate != null) {
      gate.pass();
    }
    if (fails(operation)) {
      throw new IOException("Input/output error");
    }
  }

  private synchronized @Nullable Gate gate(Operation operation) {
    return gates.get(operation);
  }

  private synchronized boolean fails(Operation operation) {
    int left = failures.getOrDefault(operation, 0);
    if (left > 0) {
      failures.put(operation, left == Integer.MAX_VALUE ? left : left - 1);
      return true;
    }
    return chance > 0 && random.nextDouble() < chance;
  }

  private synchronized int take(int bytes) {
    int fits = (int) Math.min(bytes, freeBytes);
    freeBytes -= freeBytes == Long.MAX_VALUE ? 0 : fits;
    return fits;
  }

  private synchronized boolean flipping() {
    return flipping;
  }

  @Override
  public AppendFile create(String name) throws IOException {
    before(Operation.CREATE);
    return new Appending(inner.create(name));
  }

  @Override
  public AppendFile reopen(String name, long length) throws IOException {
    before(Operation.CREATE);
    return new Appending(inner.reopen(name, length));
  }

  @Override
  public ReadFile open(String name) throws IOException {
    before(Operation.OPEN);
    return new Reading(inner.open(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    before(Operation.RENAME);
    inner.rename(from, to);
  }

  @Override
  public boolean delete(String name) throws IOException {
    before(Operation.DELETE);
    return inner.delete(name);
  }

  @Override
  public boolean exists(String name) throws IOException {
    return inner.exists(name);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return inner.list(directory);
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    before(Operation.SYNC_DIRECTORY);
    inner.syncDirectory(directory);
  }

  private final class Appending implements AppendFile {
    private final AppendFile file;

    Appending(AppendFile file) {
      this.file = file;
    }

    /** A failure writes half of the bytes first, a full disk all that fit. */
    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
      try {
        before(Operation.APPEND);
      } catch (IOException e) {
        file.append(bytes, offset, length / 2);
        throw e;
      }
      int fits = take(length);
      file.append(bytes, offset, fits);
      if (fits < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public long length() {
      return file.length();
    }

    @Override
    public void sync() throws IOException {
      before(Operation.SYNC);
      file.sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private final class Reading implements ReadFile {
    private final ReadFile file;

    Reading(ReadFile file) {
      this.file = file;
    }

    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      before(Operation.READ);
      int count = file.read(position, into, offset, length);
      if (count > 0 && flipping()) {
        into[offset + count / 2] ^= 0x10;
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
