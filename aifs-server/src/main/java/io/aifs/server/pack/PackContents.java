package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.HEADER_BYTES;

import io.aifs.crypto.DomainId;
import io.aifs.server.file.Disk;
import io.aifs.server.file.Disk.ReadFile;
import io.aifs.server.pack.PackFile.Extent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pack opened to be gone through, up to what the ledger vouches for. Damage is collected and
 * never thrown. Not thread-safe.
 */
final class PackContents implements AutoCloseable {
  private final PackFile pack;
  private final Extent extent;
  private final ReadFile file;
  private final PackWindow window;
  private final List<PackDamage> damage = new ArrayList<>();

  /** How much of the extent the file has. */
  private final long end;

  private @Nullable IndexBlock index;
  private long recordsEnd = PackTail.UNKNOWN;

  /**
   * @param buffer at least as long as the longest stretch that will be looked at
   * @throws NoSuchFileException if there is no file; see {@link #missing}
   * @throws io.aifs.core.AifsException.Unsupported if a later program wrote the pack
   */
  PackContents(Disk disk, PackFile pack, byte[] buffer) throws IOException {
    this.pack = pack;
    this.extent = pack.extent();
    this.file = disk.open(pack.name());
    this.end = Math.min(file.length(), extent.bytes());
    this.window = new PackWindow(file, end, buffer);
    if (end < extent.bytes()) {
      damage(end, extent.bytes() - end, "file is cut short");
    } else if (extent.sealed()) {
      PackTail tail = PackTail.read(file, pack.id(), end);
      index = tail.index();
      recordsEnd = tail.recordsEnd();
      damage.addAll(tail.damage());
    }
  }

  static PackDamage missing(PackFile pack) {
    return new PackDamage(pack.id(), 0, pack.extent().bytes(), "file is missing");
  }

  PackWindow window() {
    return window;
  }

  /** The index of a sealed pack, if it is whole. */
  @Nullable IndexBlock index() {
    return index;
  }

  List<PackDamage> damage() {
    return damage;
  }

  void damage(long position, long lengthBytes, String detail) {
    damage.add(new PackDamage(pack.id(), position, lengthBytes, detail));
  }

  /** Where the records of a pack with an {@link #index} end. */
  long recordsEnd() {
    return recordsEnd;
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
    if (recordsEnd != PackTail.UNKNOWN) {
      new PackWalk(window, recordsEnd, sink).run(false);
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
    long expected = position + PackFormat.indexBytes(count) + PackFormat.FOOTER_BYTES;
    if (count < 0 || expected != extent.bytes()) {
      damage(position, end - position, "index does not fill the rest of the pack");
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
