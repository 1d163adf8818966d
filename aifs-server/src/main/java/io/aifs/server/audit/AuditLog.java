package io.aifs.server.audit;

import io.aifs.core.AifsException;
import io.aifs.server.file.Disk;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The audit log of a store: who did what, and who was refused. Thread-safe.
 *
 * <p>A record is in the file when {@link #append} returns: that the process is killed afterwards
 * loses none. Somebody calls {@link #settle} within a second, which makes records durable and keeps
 * the newest in the catalog. No lock that an append needs is held across a sync.
 *
 * <p>A record that cannot be written is kept in memory until it can, and from then on {@link
 * #requireWritable} refuses. What is still not written when the log is closed goes to the process's
 * own log.
 */
public final class AuditLog implements AutoCloseable {
  static final long SEGMENT_BYTES = 64L << 20;

  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

  private final Disk disk;
  private final String storeId;
  private final HeadSeal seal;
  private final HeadStore heads;
  private final Clock clock;
  private final Room room;

  /** Guards chain and refusals; held for as long as a line takes to write, never longer. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition news = lock.newCondition();
  private final ChainWriter chain;
  private final Refusals refusals = new Refusals();
  private boolean closed;

  /** One at a time: what the catalog says goes forward only. */
  private final ReentrantLock settling = new ReentrantLock();

  /** What the catalog says, if it can be believed. */
  private volatile Optional<AuditHead> kept;

  /** What a log does about a full disk. Thread-safe. */
  public interface Room {
    /** Gives space up that was set aside; false if there is none, or this is no full disk. */
    boolean release(IOException failure);

    /** What a caller is told that cannot be served. */
    AifsException refusal(IOException failure);
  }

  private AuditLog(
      Disk disk,
      String storeId,
      HeadSeal seal,
      HeadStore heads,
      Clock clock,
      Room room,
      ChainWriter chain,
      Optional<AuditHead> kept) {
    this.disk = disk;
    this.storeId = storeId;
    this.seal = seal;
    this.heads = heads;
    this.clock = clock;
    this.room = room;
    this.chain = chain;
    this.kept = kept;
  }

  /**
   * Opens the log, or begins it. That it is not what the catalog's head says is no failure: the
   * process's log says so, and so does a record, for good.
   */
  public static AuditLog open(
      Disk disk, String storeId, HeadSeal seal, HeadStore heads, Clock clock, Room room)
      throws IOException {
    return open(disk, storeId, seal, heads, clock, room, SEGMENT_BYTES);
  }

  static AuditLog open(
      Disk disk,
      String storeId,
      HeadSeal seal,
      HeadStore heads,
      Clock clock,
      Room room,
      long segmentBytes)
      throws IOException {
    Optional<SealedHead> newest = heads.newest();
    AuditRecovery.Found found = AuditRecovery.run(disk, newest, seal);
    if (found.fresh() && newest.isEmpty()) {
      heads.keep(seal.seal(AuditHead.NONE)); // so that records without a head are always amiss
    }
    SegmentWriter out = new SegmentWriter(disk, segmentBytes, found.end());
    AuditLog log =
        new AuditLog(
            disk,
            storeId,
            seal,
            heads,
            clock,
            room,
            new ChainWriter(storeId, out, found.head(), room),
            newest.filter(seal::holds).map(SealedHead::head));
    if (!found.trouble().isEmpty()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the audit log is not what the catalog's head says ("
              + found.trouble()
              + "): it was changed, or lost records. 'aifs audit verify' names them.");
    }
    found.record(clock.instant()).ifPresent(log::append);
    log.settle();
    return log;
  }

  /** Writes a record: it is in the file when this returns, unless it has to wait for room. */
  public void append(AuditRecord record) {
    lock.lock();
    try {
      takeDueRefusals();
      chain.add(record);
      flush(true);
    } finally {
      lock.unlock();
    }
  }

  /** Counts a refused call; what was counted in a second is written when that is over. */
  public void refused(AuditRecord record) {
    lock.lock();
    try {
      takeDueRefusals();
      if (closed) {
        chain.add(record);
        chain.tellWaiting();
      } else {
        refusals.add(record);
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** While the disk is full they are counted on. */
  private void takeDueRefusals() {
    if (isWritable() && !refusals.isEmpty() && refusals.due(clock.instant())) {
      takeRefusals();
    }
  }

  private void takeRefusals() {
    if (!refusals.isEmpty() && !closed) {
      chain.addAll(refusals.take());
      flush(false);
    }
  }

  private void flush(boolean mayRelease) {
    if (closed) {
      chain.tellWaiting();
    } else {
      chain.flush(mayRelease);
      news.signalAll();
    }
  }

  /** Whether records can be written, as far as is known. */
  public boolean isWritable() {
    return chain.failure().isEmpty();
  }

  /**
   * Returns if records can be written, as far as is known; tries again what waits.
   *
   * @param freeing whether the call makes room: for its sake the space set aside is given up
   * @throws AifsException if they cannot
   */
  public void requireWritable(boolean freeing) {
    if (isWritable()) {
      return;
    }
    lock.lock();
    try {
      flush(freeing);
    } finally {
      lock.unlock();
    }
    if (!isWritable()) {
      settle();
    }
    Optional<IOException> left = chain.failure();
    if (left.isPresent()) {
      throw room.refusal(left.get());
    }
  }

  /**
   * Makes what was written durable, then keeps the newest head. Failures are told in the process's
   * log, and tried again by the next call.
   */
  public void settle() {
    settling.lock();
    try {
      AuditHead newest;
      SegmentWriter.Unsynced unsynced;
      lock.lock();
      try {
        takeDueRefusals();
        flush(false);
        newest = chain.head();
        unsynced = chain.out().takeUnsynced();
      } finally {
        lock.unlock();
      }
      if (sync(unsynced) && !kept.equals(Optional.of(newest))) {
        heads.keep(seal.seal(newest));
        kept = Optional.of(newest);
      }
    } catch (AifsException e) {
      LOG.log(System.Logger.Level.WARNING, "the head of the audit log was not kept", e);
    } finally {
      settling.unlock();
    }
  }

  private boolean sync(SegmentWriter.Unsynced unsynced) {
    Optional<IOException> failed = unsynced.sync(disk);
    lock.lock();
    try {
      failed.ifPresentOrElse(chain::syncFailed, chain::synced);
    } finally {
      lock.unlock();
    }
    return failed.isEmpty();
  }

  /** The newest record; all refusals that were counted are in it or before it. */
  public AuditHead head() {
    lock.lock();
    try {
      takeRefusals();
      return chain.head();
    } finally {
      lock.unlock();
    }
  }

  /** Names the store in every record. */
  public String storeId() {
    return storeId;
  }

  /**
   * Waits until there is a record behind {@code sequence}, or {@code over} says true, which is
   * asked again after each {@link #wake}.
   *
   * @return the number of the newest record
   */
  public long awaitBehind(long sequence, BooleanSupplier over) throws InterruptedException {
    lock.lock();
    try {
      while (chain.head().sequence() <= sequence && !closed && !over.getAsBoolean()) {
        news.await();
      }
      return chain.head().sequence();
    } finally {
      lock.unlock();
    }
  }

  /** Lets those who wait look again whether they still want to. */
  public void wake() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to {@link #settle}; false if the log is closed. */
  boolean awaitNews() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && settled()) {
        news.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean settled() {
    return refusals.isEmpty()
        && chain.failure().isEmpty()
        && kept.equals(Optional.of(chain.head()));
  }

  /** Waits so long; false at once when the log is closed. */
  boolean pause(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!closed && left > 0) {
        left = news.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Reads from this record on; from the first there is, if that has a higher number. */
  public AuditCursor read(long from) {
    return new AuditCursor(disk, from, this::end);
  }

  private SegmentWriter.End end() {
    lock.lock();
    try {
      return chain.out().end();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Checks the whole log as it is now, against what the catalog and the caller say.
   *
   * @param problems told of each, as it is found
   * @param progress told now and then how many records were checked
   */
  public Verified verify(
      List<ExpectedHead> expected, Consumer<String> problems, LongConsumer progress)
      throws IOException {
    List<ExpectedHead> all = new ArrayList<>(expected);
    Optional<SealedHead> sealed = heads.newest();
    AuditHead newest;
    List<SegmentWriter.End> ends;
    lock.lock();
    try {
      takeRefusals();
      newest = chain.head();
      ends = chain.out().ends();
    } finally {
      lock.unlock();
    }
    all.add(new ExpectedHead(newest, "the newest record that this process knows"));
    if (sealed.isEmpty()) {
      problems.accept("the catalog has no head of the log");
    } else if (!seal.holds(sealed.get())) {
      problems.accept("the head in the catalog was not made with this store's key");
    } else {
      all.add(new ExpectedHead(sealed.get().head(), "the head in the catalog"));
    }
    long checked = new AuditVerifier(disk, ends, all, problems, progress).run();
    return new Verified(checked, newest);
  }

  /**
   * What a check came to.
   *
   * @param checked lines that were read
   * @param head the newest record
   */
  public record Verified(long checked, AuditHead head) {}

  /** Writes and makes durable what there is; later records only go to the process's log. */
  @Override
  public void close() {
    lock.lock();
    try {
      takeRefusals();
    } finally {
      lock.unlock();
    }
    settle();
    lock.lock();
    try {
      closed = true;
      chain.addAll(refusals.take());
      chain.end();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
