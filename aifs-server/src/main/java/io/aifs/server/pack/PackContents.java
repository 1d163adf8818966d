package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.HEADER_BYTES;

import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.file.Disk;
import io.aifs.server.file.Disk.ReadFile;
import io.aifs.server.pack.PackFile.Extent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One pack opened to be gone through, up to what the ledger vouches for. Damage is reported in
 * order of position and never thrown. Not thread-safe.
 */
final class PackContents implements AutoCloseable {
  private final PackFile pack;
  private final Extent extent;
  private final ReadFile file;
  private final PackWindow window;
  private final Consumer<PackDamage> report;

  /** How much of the extent the file has. */
  private final long end;

  /** What is wrong behind the records, to be reported last. */
  private final PackTail tail;

  private PackContents(
      PackFile pack, Extent extent, ReadFile file, byte[] buffer, Consumer<PackDamage> report)
      throws IOException {
    this.pack = pack;
    this.extent = extent;
    this.file = file;
    this.report = report;
    this.end = Math.min(file.length(), extent.bytes());
    this.window = new PackWindow(file, end, buffer);
    if (end < extent.bytes()) {
      PackDamage cut = new PackDamage(pack.id(), end, extent.bytes() - end, "file is cut short");
      this.tail = new PackTail(null, PackTail.UNKNOWN, List.of(cut));
    } else if (extent.sealed()) {
      this.tail = PackTail.read(file, pack.id(), end);
    } else {
      this.tail = new PackTail(null, PackTail.UNKNOWN, List.of());
    }
  }

  /**
   * Opens a pack.
   *
   * @param extent how much of it to read
   * @param buffer at least as long as the longest stretch that will be looked at
   * @throws java.nio.file.NoSuchFileException if there is no file; see {@link #missing}
   * @throws io.aifs.core.AifsException.Unsupported if a later program wrote the pack
   */
  static PackContents open(
      Disk disk, PackFile pack, Extent extent, byte[] buffer, Consumer<PackDamage> report)
      throws IOException {
    ReadFile file = disk.open(pack.name());
    boolean opened = false;
    try {
      PackContents contents = new PackContents(pack, extent, file, buffer, report);
      opened = true;
      return contents;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  static PackDamage missing(PackFile pack) {
    return new PackDamage(pack.id(), 0, pack.extent().bytes(), "file is missing");
  }

  PackWindow window() {
    return window;
  }

  /** What the index of a sealed pack says, in order of position, if it is whole. */
  @Nullable List<IndexEntry> index() {
    return tail.index();
  }

  void damage(long position, long lengthBytes, String detail) {
    report.accept(new PackDamage(pack.id(), position, lengthBytes, detail));
  }

  /** Reports that a record cannot be read. */
  void damagedRecord(long position, long lengthBytes, Digest id, String detail) {
    report.accept(new PackDamage(pack.id(), position, lengthBytes, detail, Optional.of(id)));
  }

  /** Reports what is wrong behind the records. */
  void damagedTail() {
    tail.damage().forEach(report);
  }

  /** Where the records of a pack with an {@link #index} end. */
  long recordsEnd() {
    return tail.recordsEnd();
  }

  /** Checks the header, on which no record depends. */
  void checkHeader(DomainId domain) throws IOException {
    if (!window.has(0, HEADER_BYTES)) {
      return; // cut short, which is reported
    }
    byte[] bytes = new byte[HEADER_BYTES];
    System.arraycopy(window.bytes(), window.at(0), bytes, 0, HEADER_BYTES);
    PackHeader header = PackHeader.decode(bytes);
    if (header == null) {
      damage(0, HEADER_BYTES, "header is damaged");
    } else if (!header.pack().equals(pack.id()) || !header.domain().equals(domain)) {
      damage(
          0, HEADER_BYTES, "header names pack " + header.pack() + " of domain " + header.domain());
    }
  }

  /** Goes through the records by their headers, as if there were no index. */
  void walk(PackWalk.Sink sink) throws IOException {
    if (tail.recordsEnd() != PackTail.UNKNOWN) {
      new PackWalk(window, tail.recordsEnd(), sink).run(false);
    } else {
      long stopped = new PackWalk(window, end, sink).run(extent.sealed());
      checkRest(stopped);
    }
  }

  /** Accounts for the bytes between the records and a footer that does not say where they end. */
  private void checkRest(long position) throws IOException {
    if (position == end || !window.has(position, PackFormat.INDEX_HEADER_BYTES)) {
      return;
    }
    int count = PackFormat.getInt(window.bytes(), window.at(position) + 4);
    if (!(fillsRest(1, position, count) || fillsRest(PackFormat.VERSION, position, count))) {
      damage(position, end - position, "index does not fill the rest of the pack");
    }
  }

  private boolean fillsRest(int version, long position, int count) {
    return PackFormat.bases(version, count, extent.bytes() - PackFormat.FOOTER_BYTES - position)
        >= 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
