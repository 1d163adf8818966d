package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.FOOTER_BYTES;
import static io.aifs.server.pack.PackFormat.HEADER_BYTES;
import static io.aifs.server.pack.PackFormat.RECORD_HEADER_BYTES_MAX;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RecordType;
import io.aifs.server.file.Disk;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the packs of a domain without a ledger: every file, as far as it goes. A pack whose header
 * is damaged may be of any domain, so its records of the wanted type are shown as well. Not
 * thread-safe.
 */
public final class PackSalvage {
  private final Disk disk;
  private final DomainId domain;
  private final RecordType type;
  private final List<LivePack> found = new ArrayList<>();

  /**
   * @param type of record that only this domain has
   */
  public PackSalvage(Disk disk, DomainId domain, RecordType type) {
    this.disk = disk;
    this.domain = domain;
    this.type = type;
  }

  /** Shows every record of the wanted type, and all damage of the packs that hold some. */
  public void scan(RecordVisitor visitor) throws IOException {
    found.clear();
    for (PackId id : new OrphanPacks(disk).onDisk()) {
      byte[] start = new byte[HEADER_BYTES];
      byte[] end = new byte[FOOTER_BYTES];
      long length;
      try (Disk.ReadFile file = disk.open(PackFormat.fileName(id))) {
        length = file.length();
        int had = file.read(0, start, 0, HEADER_BYTES);
        file.read(Math.max(0, length - FOOTER_BYTES), end, 0, FOOTER_BYTES);
        if (had < HEADER_BYTES) {
          continue; // it never held a record
        }
      }
      PackHeader header = PackHeader.decode(start);
      boolean ours = header != null && header.domain().equals(domain);
      if (header == null || ours) {
        boolean sealed = PackFooter.read(end, 0) != null;
        scan(id, length, sealed, ours, visitor);
      }
    }
  }

  private void scan(PackId id, long length, boolean sealed, boolean ours, RecordVisitor visitor)
      throws IOException {
    PackFile pack = new PackFile(id, 0, new PackFile.Extent(length, sealed));
    Finds finds = new Finds(visitor);
    new PackScan(disk, domain, finds).scan(pack);
    if (ours || finds.last > 0) {
      boolean whole = sealed && finds.damage.isEmpty();
      long end = finds.last > 0 ? endOf(id, finds.last) : HEADER_BYTES;
      found.add(new LivePack(id, domain, whole ? length : end, whole));
      finds.damage.forEach(visitor::damage);
    }
  }

  /** The packs that {@link #scan} has found, up to their last good record. */
  public List<LivePack> found() {
    return List.copyOf(found);
  }

  /**
   * Reads a record that a scan has shown.
   *
   * @throws DamagedRecordException if it does not read the same any more
   */
  public PackRecord read(PackId pack, long position) throws IOException {
    try (Disk.ReadFile file = disk.open(PackFormat.fileName(pack))) {
      RecordHeader header = header(file, pack, position);
      byte[] bytes = new byte[header.totalBytes()];
      file.read(position, bytes, 0, bytes.length);
      if (!RecordBytes.payloadHolds(header, bytes, 0)) {
        throw new DamagedRecordException(pack, position, header.id(), "its checksum fails now");
      }
      return RecordBytes.decode(header, type, bytes, 0);
    }
  }

  private static RecordHeader header(Disk.ReadFile file, PackId pack, long position)
      throws IOException {
    byte[] head = new byte[RECORD_HEADER_BYTES_MAX];
    int had = file.read(position, head, 0, head.length);
    RecordHeader header = RecordHeader.read(head, 0, had);
    if (header == null) {
      throw new DamagedRecordException(pack, position, Digest.of(head), "it has no header now");
    }
    return header;
  }

  /** Where the record ends that a scan has shown at this position. */
  private long endOf(PackId pack, long position) throws IOException {
    try (Disk.ReadFile file = disk.open(PackFormat.fileName(pack))) {
      return position + header(file, pack, position).totalBytes();
    }
  }

  /** Passes on the records of the wanted type and holds back damage until there is one. */
  private final class Finds implements RecordVisitor {
    private final RecordVisitor visitor;
    private final List<PackDamage> damage = new ArrayList<>();

    /** Where the last record of the wanted type begins, 0 before there is one. */
    private long last;

    Finds(RecordVisitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public void record(PackId pack, long position, PackRecord record) {
      if (record.type() == type) {
        last = position;
        visitor.record(pack, position, record);
      }
    }

    @Override
    public void damage(PackDamage one) {
      damage.add(one);
    }
  }
}
