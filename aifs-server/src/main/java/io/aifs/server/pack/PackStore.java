package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.file.Disk;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The records of one domain in pack files, see {@code docs/format/pack.md}. Thread-safe.
 *
 * <p>Only packs of the ledger, up to their synced lengths, and what this process wrote exist; every
 * other byte on disk is ignored. The live packs are read when a call first needs to know their
 * records: a sealed one by its index, one that a crash left by its record headers. From then on
 * each record costs 28 to 33 bytes of heap, whatever its size.
 *
 * <p>After a failed write or sync the store goes on with another pack. Calls throw {@link
 * IOException} with what the disk said.
 */
public final class PackStore implements RecordStore {
  private final Disk disk;
  private final DomainId domain;
  private final PackLoader loader;
  private final PackSet packs;
  private final OpenFiles files;
  private final RecordIndex index;
  private final PackReader reader;
  private final List<DamagedRecord> knownDamage;
  private final Quarantine quarantine;
  private final GroupSync syncs;
  private final PackAppender appender;
  private final Collector collector;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable List<PackDamage> openDamage;

  private PackStore(
      Disk disk,
      DomainId domain,
      List<LivePack> live,
      PackOptions options,
      KnownDamage damage,
      CondemnedRecords condemned,
      Pace pace,
      PackAppender.NewPack newPack) {
    this.disk = disk;
    this.index = new RecordIndex(pace);
    this.domain = domain;
    this.packs = new PackSet(live);
    this.loader = new PackLoader(disk, domain, packs.all(), condemned);
    this.files = new OpenFiles(disk, options.openFilesMax());
    this.reader = new PackReader(packs, index, files, this::met);
    this.knownDamage = damage.records();
    this.quarantine = new Quarantine(packs, index, reader, damage.listener());
    ReentrantLock lock = new ReentrantLock();
    this.syncs = new GroupSync(domain, packs, index, lock);
    this.appender =
        new PackAppender(disk, packs, index, syncs, lock, options.packBytesMax(), newPack);
    NewPacks newPacks = new NewPacks(disk, domain, packs, options.packBytesMax(), newPack);
    this.collector =
        new PackCollector(
            this,
            packs,
            index,
            new Compactor(disk, index, newPacks, pace),
            new PackRemoval(disk, packs, index, files),
            pace);
  }

  /**
   * Opens a store in which no damage is known, whose damage nobody keeps, and nothing is condemned.
   */
  public static PackStore open(
      Disk disk,
      DomainId domain,
      List<LivePack> live,
      PackHeaderInfo header,
      PackOptions options,
      Supplier<PackId> ids,
      Clock clock) {
    return open(
        disk,
        domain,
        live,
        header,
        options,
        KnownDamage.NONE,
        CondemnedRecords.NONE,
        Pace.FULL,
        ids,
        clock);
  }

  /**
   * Opens the store without touching the disk.
   *
   * @param live the domain's packs in the catalog's ledger
   * @param damage what is known to be damaged in them
   * @param condemned which records of them the catalog has condemned
   * @param pace of collecting
   * @param header what the headers of new packs say
   * @param ids random ids for new packs
   */
  public static PackStore open(
      Disk disk,
      DomainId domain,
      List<LivePack> live,
      PackHeaderInfo header,
      PackOptions options,
      KnownDamage damage,
      CondemnedRecords condemned,
      Pace pace,
      Supplier<PackId> ids,
      Clock clock) {
    for (LivePack pack : live) {
      if (!pack.domain().equals(domain)) {
        throw new IllegalArgumentException("pack is of another domain: " + pack);
      }
    }
    return new PackStore(
        disk,
        domain,
        live,
        options,
        damage,
        condemned,
        pace,
        new PackAppender.NewPack(ids, id -> new PackHeader(id, domain, clock.millis(), header)));
  }

  /** What finds and removes the records of this store that nothing needs. */
  public Collector collector() {
    return collector;
  }

  /**
   * What of the live packs could not be understood when they were first read, which this call makes
   * happen. Records in these stretches are missing; all others read. A {@link #scan} finds more, as
   * it reads everything.
   */
  public List<PackDamage> openDamage() throws IOException {
    List<PackDamage> known = openDamage;
    if (known != null) {
      return known;
    }
    loading.lock();
    try {
      known = openDamage;
      if (known == null) {
        known = loader.load(index);
        quarantine.restore(knownDamage);
        openDamage = known;
      }
      return known;
    } finally {
      loading.unlock();
    }
  }

  /**
   * Names of pack files of this domain that are neither live nor in use by this process: what a
   * crash left before it was recorded, or what was replaced.
   */
  @Override
  public List<String> orphans() throws IOException {
    return new OrphanPacks(disk).of(domain, packs);
  }

  /** Deletes {@link #orphans} durably and returns their names. */
  public List<String> deleteOrphans() throws IOException {
    List<String> deleted = orphans();
    Set<String> directories = new TreeSet<>();
    for (String name : deleted) {
      disk.delete(name);
      directories.add(name.substring(0, name.lastIndexOf('/')));
    }
    for (String directory : directories) {
      disk.syncDirectory(directory);
    }
    return deleted;
  }

  @Override
  public Set<Digest> missing(Collection<Digest> ids) throws IOException {
    load();
    return index.missing(ids);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a record does not fit the format; nothing is stored then
   */
  @Override
  public void append(List<PackRecord> records) throws IOException {
    load();
    appender.append(records);
  }

  @Override
  public Map<Digest, PackRecord> getAll(Collection<Digest> ids) throws IOException {
    load();
    return reader.getAll(ids);
  }

  @Override
  public Map<Digest, PackRecord> getBases(Collection<Digest> ids) throws IOException {
    load();
    return reader.getBases(ids);
  }

  @Override
  public List<LivePack> sync() throws IOException {
    return syncs.sync();
  }

  @Override
  public long losses() {
    return syncs.losses();
  }

  @Override
  public void recorded(List<LivePack> packs) {
    syncs.recorded(packs);
  }

  @Override
  public void scan(RecordVisitor visitor) throws IOException {
    load();
    PackScan scan = new PackScan(disk, domain, new QuarantiningVisitor(quarantine, visitor));
    int next = 0;
    boolean replaced = true;
    while (replaced) { // what a pack that vanished held may be in packs that came later
      replaced = false;
      for (PackFile pack : packs.from(next)) {
        next = pack.ordinal() + 1;
        try {
          scan.scan(pack);
        } catch (NoSuchFileException _) {
          if (packs.contains(pack.id())) {
            visitor.damage(PackContents.missing(pack));
          }
        }
        replaced |= !packs.contains(pack.id());
      }
    }
  }

  @Override
  public void forget(Collection<PackId> forgotten) throws IOException {
    load();
    Set<PackId> ids = Set.copyOf(forgotten);
    syncs.forget(ids);
    new PackRemoval(disk, packs, index, files).remove(packs.of(ids));
  }

  @Override
  public List<LivePack> seal() throws IOException {
    appender.seal();
    List<LivePack> sealed = syncs.sync();
    files.release();
    return sealed;
  }

  @Override
  public long storedBytes() {
    return packs.bytes();
  }

  /** Closes all files. What was not synced is lost, as in a crash. */
  @Override
  public void close() throws IOException {
    syncs.close();
    files.close();
  }

  /** Where records have their copies, for who opens them. */
  public RecordCopies copies() {
    return quarantine;
  }

  /** What a disk fails to read may be read again later, so that is not kept for good. */
  private void met(DamagedRecordException damage) {
    DamagedRecord record =
        new DamagedRecord(damage.pack(), damage.position(), damage.id(), false, damage.detail());
    if (damage.getCause() == null) {
      quarantine.add(record);
    } else {
      quarantine.addForNow(record);
    }
  }

  private void load() throws IOException {
    var _ = openDamage();
  }
}
