package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.file.Disk;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to the open pack, and seals it and begins another when it is full. Encoding
 * happens before the lock is taken: nothing in a record depends on where it goes.
 */
final class PackAppender {
  private final Disk disk;
  private final PackSet packs;
  private final RecordIndex index;
  private final GroupSync syncs;
  private final ReentrantLock lock;
  private final int packBytesMax;
  private final NewPack newPack;
  private @Nullable PackWriter current;

  /** What a new pack is called and says about itself. */
  record NewPack(Supplier<PackId> ids, Function<PackId, PackHeader> header) {}

  PackAppender(
      Disk disk,
      PackSet packs,
      RecordIndex index,
      GroupSync syncs,
      ReentrantLock lock,
      int packBytesMax,
      NewPack newPack) {
    this.disk = disk;
    this.packs = packs;
    this.index = index;
    this.syncs = syncs;
    this.lock = lock;
    this.packBytesMax = packBytesMax;
    this.newPack = newPack;
  }

  /** See {@link RecordStore#append}. */
  void append(List<PackRecord> records) throws IOException {
    records.forEach(RecordBytes::check);
    List<PackRecord> wanted = absent(records);
    int from = 0;
    while (from < wanted.size()) {
      int to = from + RecordBatch.count(wanted, from);
      append(RecordBatch.of(wanted.subList(from, to)));
      from = to;
    }
  }

  /** Seals the open pack, if there is one. */
  void seal() {
    lock.lock();
    try {
      if (current != null && !current.ended()) {
        seal(current);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The records that are not stored, each id once. */
  private List<PackRecord> absent(List<PackRecord> records) {
    Map<Digest, PackRecord> byId = new LinkedHashMap<>();
    for (PackRecord record : records) {
      byId.putIfAbsent(record.id(), record);
    }
    byId.keySet().retainAll(index.missing(byId.keySet()));
    return new ArrayList<>(byId.values());
  }

  private void append(RecordBatch batch) throws IOException {
    lock.lock();
    try {
      syncs.requireOpen();
      Set<Digest> absent = index.missing(batch.ids()); // others may have stored some meanwhile
      int from = 0;
      while (from < batch.count()) {
        if (absent.contains(batch.id(from))) {
          int length = batch.start(from + 1) - batch.start(from);
          PackWriter writer = writerFor(length, batch.bases(from, from + 1));
          int to = from + 1;
          int bases = batch.bases(from, to);
          while (to < batch.count()
              && absent.contains(batch.id(to))
              && writer.fits(
                  to + 1 - from,
                  bases + batch.bases(to, to + 1),
                  batch.start(to + 1) - batch.start(from),
                  packBytesMax)) {
            bases += batch.bases(to, to + 1);
            to++;
          }
          write(writer, batch, from, to);
          from = to;
        } else {
          from++;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void write(PackWriter writer, RecordBatch batch, int from, int to) throws IOException {
    int start = batch.start(from);
    try {
      index.add(
          writer.append(batch.bytes(), start, batch.start(to) - start, batch.headers(from, to)));
    } finally {
      syncs.changed(writer);
    }
  }

  /**
   * The open pack, or a new one, with room for a record of this length.
   *
   * @param bases how many bases it names
   */
  private PackWriter writerFor(int recordBytes, int bases) throws IOException {
    PackWriter open = current;
    if (open != null && !open.ended()) {
      if (open.fits(1, bases, recordBytes, packBytesMax)) {
        return open;
      }
      seal(open);
    }
    PackId id = newPack.ids().get();
    PackFile pack = packs.add(id);
    boolean created = false;
    try {
      PackWriter writer = PackWriter.create(disk, pack, newPack.header().apply(id));
      current = writer;
      created = true;
      return writer;
    } finally {
      if (!created) {
        packs.drop(pack);
      }
    }
  }

  private void seal(PackWriter writer) {
    try {
      writer.seal();
    } catch (IOException _) {
      // The pack stays without index, ended at its last record: slower to open and nothing worse.
      // Whatever ails the disk meets the next append or sync.
    } finally {
      syncs.changed(writer);
    }
  }
}
