package io.aifs.cli.statcache;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RandomBytes;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that a store's namespace was given from here, by path and stamp, with the ids of their
 * content. Thread-safe.
 *
 * <p>A file that changed shortly before the command began is not remembered: it could change once
 * more within one tick of the file system's clock, and keep its stamp. One that changes later gets
 * a later ctime, and so another stamp.
 */
public final class StatCache implements FileMemory {
  /** More than the coarsest clock of a file system, that of FAT, ticks in. */
  private static final long TICK_NANOS = 2_000_000_000L;

  private static final int DAYS_KEPT = 30;
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final int ENTRIES_MAX = 1 << 21;

  /** What an entry may take while an old cache and the new one are both in memory. */
  private static final int ENTRY_MEMORY_BYTES = 512;

  private final byte[] secret;
  private final CachedFiles old;
  private final Limit limit;
  private final long settledBeforeNanos;
  private final int today;

  /** Entries learned or used; they stand for older ones of the same path. Guarded by this. */
  private final Map<PathKey, CachedFile> fresh = new TreeMap<>();

  /** How many entries a cache may have. */
  public record Limit(int entries) {
    /** For a JVM that may use so much memory, of which a quarter is enough for this. */
    public static Limit ofMemory(long bytes) {
      return new Limit((int) Math.min(ENTRIES_MAX, bytes / 4 / ENTRY_MEMORY_BYTES));
    }

    /** The longest file that is worth reading. */
    public long fileBytes() {
      return StatCacheFormat.bytes(entries);
    }
  }

  private StatCache(StatCacheFormat.Content content, Limit limit, Instant start) {
    this.secret = content.secret();
    this.old = content.files();
    this.limit = limit;
    long startNanos = ChronoUnit.NANOS.between(Instant.EPOCH, start);
    this.settledBeforeNanos = startNanos - TICK_NANOS;
    this.today = (int) Math.floorDiv(startNanos, NANOS_PER_DAY);
  }

  /**
   * One that knows no file yet.
   *
   * @param random draws the secret that hides paths
   * @param start before any file was looked at
   */
  public static StatCache empty(RandomBytes random, Limit limit, Instant start) {
    byte[] secret = random.next(StatCacheFormat.SECRET_BYTES);
    return new StatCache(new StatCacheFormat.Content(secret, CachedFiles.NONE), limit, start);
  }

  /** What {@link #encode} wrote; empty if these are other bytes, or damaged. */
  public static Optional<StatCache> decode(byte[] file, Limit limit, Instant start) {
    return StatCacheFormat.decode(file).map(content -> new StatCache(content, limit, start));
  }

  @Override
  public Optional<Digest> recall(Path file, FileStamp stamp) {
    PathKey path = PathKey.of(secret, file);
    synchronized (this) {
      Optional<CachedFile> known =
          Optional.ofNullable(fresh.get(path))
              .or(() -> old.find(path))
              .filter(entry -> entry.stamp().equals(stamp));
      known.filter(entry -> entry.day() != today).ifPresent(entry -> keep(entry.usedOn(today)));
      return known.map(CachedFile::id);
    }
  }

  @Override
  public void remember(Path file, FileStamp stamp, Digest id) {
    if (stamp.mtimeNanos() < settledBeforeNanos && stamp.ctimeNanos() < settledBeforeNanos) {
      CachedFile entry = new CachedFile(PathKey.of(secret, file), stamp, id, today);
      synchronized (this) {
        if (!old.find(entry.path()).equals(Optional.of(entry))) {
          keep(entry);
        }
      }
    }
  }

  private void keep(CachedFile entry) {
    if (fresh.size() < limit.entries() || fresh.containsKey(entry.path())) {
      fresh.put(entry.path(), entry);
    }
  }

  /** Whether {@link #encode} would write anything that was not there. */
  public synchronized boolean isChanged() {
    return !fresh.isEmpty();
  }

  /** The bytes of a file with everything that is worth keeping. */
  public synchronized byte[] encode() {
    int room = limit.entries() - fresh.size();
    Map<PathKey, CachedFile> all = new TreeMap<>(fresh);
    List<CachedFile> kept = new ArrayList<>();
    for (int i = 0; i < old.count(); i++) {
      CachedFile entry = old.get(i);
      if (!fresh.containsKey(entry.path()) && Math.abs((long) today - entry.day()) <= DAYS_KEPT) {
        kept.add(entry);
      }
    }
    kept.sort((left, right) -> Integer.compare(right.day(), left.day()));
    kept.stream().limit(room).forEach(entry -> all.put(entry.path(), entry));
    return StatCacheFormat.encode(secret, all.values());
  }
}
