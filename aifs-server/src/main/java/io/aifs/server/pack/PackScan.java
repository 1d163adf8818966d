package io.aifs.server.pack;

import io.aifs.crypto.DomainId;
import io.aifs.crypto.RecordType;
import io.aifs.server.file.Disk;
import io.aifs.server.pack.PackFile.Extent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Reads every byte of packs once, and tells a visitor the records and what is wrong. */
final class PackScan {
  private static final int BUFFER_BYTES_MAX = 4 << 20;

  private final Disk disk;
  private final DomainId domain;
  private final RecordVisitor visitor;
  private byte[] buffer = new byte[0];

  PackScan(Disk disk, DomainId domain, RecordVisitor visitor) {
    this.disk = disk;
    this.domain = domain;
    this.visitor = visitor;
  }

  /**
   * Scans one pack.
   *
   * @throws NoSuchFileException if there is no file
   */
  void scan(PackFile pack) throws IOException {
    Extent extent = pack.extent();
    if (extent.bytes() == 0) {
      return; // dropped meanwhile
    }
    if (buffer.length < Math.min(extent.bytes(), BUFFER_BYTES_MAX)) {
      buffer = new byte[(int) Math.min(extent.bytes(), BUFFER_BYTES_MAX)];
    }
    try (PackContents contents = PackContents.open(disk, pack, extent, buffer, visitor::damage)) {
      contents.checkHeader(domain);
      List<IndexEntry> index = contents.index();
      if (index != null) {
        byIndex(pack, contents, index);
      } else {
        byHeaders(pack, contents);
      }
      contents.damagedTail();
    }
  }

  private void byHeaders(PackFile pack, PackContents contents) throws IOException {
    contents.walk(
        new PackWalk.Sink() {
          @Override
          public void record(long position, RecordHeader header) throws IOException {
            visit(pack, contents, position, header);
          }

          @Override
          public void lost(long position, long lengthBytes) {
            contents.damage(position, lengthBytes, "no record header holds here");
          }
        });
  }

  private void byIndex(PackFile pack, PackContents contents, List<IndexEntry> index)
      throws IOException {
    long position = PackFormat.HEADER_BYTES;
    for (IndexEntry entry : index) {
      if (entry.position() < position) {
        contents.damage(
            entry.position(),
            entry.totalBytes(),
            "index entry of " + entry.key() + " overlaps another");
        continue;
      }
      if (entry.position() > position) {
        contents.damage(
            position, entry.position() - position, "no index entry accounts for these bytes");
      }
      indexed(pack, contents, entry);
      position = entry.end();
    }
    if (position < contents.recordsEnd()) {
      contents.damage(
          position, contents.recordsEnd() - position, "no index entry accounts for these bytes");
    }
  }

  private void indexed(PackFile pack, PackContents contents, IndexEntry said) throws IOException {
    PackWindow window = contents.window();
    int bytes = said.totalBytes();
    RecordHeader header =
        window.has(said.position(), bytes)
            ? RecordHeader.read(
                window.bytes(), window.at(said.position()), window.at(said.position()) + bytes)
            : null;
    if (header == null) {
      contents.damagedRecord(
          said.position(),
          bytes,
          said.key().padded(),
          "header of record " + said.key() + " is damaged");
      return;
    }
    if (!said.key().isOf(header.id())) {
      contents.damagedRecord(
          said.position(),
          bytes,
          said.key().padded(),
          "record there is " + header.id() + ", not " + said.key() + " as the index says");
    } else if (header.totalBytes() != bytes) {
      contents.damage(
          said.position(), bytes, "index entry of " + said.key() + " is not of this record");
    }
    if (header.totalBytes() == bytes) {
      visit(pack, contents, said.position(), header);
    }
  }

  private void visit(PackFile pack, PackContents contents, long position, RecordHeader header)
      throws IOException {
    PackWindow window = contents.window();
    RecordType type = header.knownType();
    if (type == null) {
      contents.damage(
          position, header.totalBytes(), "record " + header.id() + " is of a later format");
    } else if (!window.has(position, header.totalBytes())
        || !RecordBytes.payloadHolds(header, window.bytes(), window.at(position))) {
      contents.damagedRecord(
          position,
          header.totalBytes(),
          header.id(),
          "payload of record " + header.id() + " is damaged");
    } else {
      visitor.record(
          pack.id(),
          position,
          RecordBytes.decode(header, type, window.bytes(), window.at(position)));
    }
  }
}
