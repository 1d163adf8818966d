package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.FOOTER_BYTES;

import io.aifs.server.file.Disk;
import io.aifs.server.pack.RecordIndex.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pack that this process writes. Guarded by the store's write lock, but for {@link #syncFile}.
 *
 * <p>After a failed write or sync the pack ends at its last good length and never grows again: what
 * is behind that in the file is ignored, and nothing tries the same file a second time.
 */
final class PackWriter {
  private final Disk disk;
  private final PackFile pack;
  private final Disk.AppendFile file;

  private final IndexEntries entries = new IndexEntries();
  private long length;
  private long recordsEnd;
  private long syncedBytes;
  private boolean ended;
  private boolean sealed;

  private PackWriter(Disk disk, PackFile pack, Disk.AppendFile file) {
    this.disk = disk;
    this.pack = pack;
    this.file = file;
  }

  /** Creates the file and writes the header; leaves no file behind if that fails. */
  static PackWriter create(Disk disk, PackFile pack, PackHeader header) throws IOException {
    PackWriter writer = new PackWriter(disk, pack, disk.create(pack.name()));
    try {
      byte[] bytes = header.encode();
      writer.file.append(bytes, 0, bytes.length);
      writer.length = bytes.length;
      return writer;
    } finally {
      if (writer.length == 0) {
        writer.discard();
      }
    }
  }

  PackFile pack() {
    return pack;
  }

  long length() {
    return length;
  }

  /** How much survives a power cut: 0 until the file's name does too. */
  long syncedBytes() {
    return syncedBytes;
  }

  boolean sealed() {
    return sealed;
  }

  /** Whether nothing more will be appended. */
  boolean ended() {
    return ended;
  }

  boolean empty() {
    return entries.count() == 0;
  }

  boolean unsynced() {
    return entries.count() > 0 && syncedBytes < length;
  }

  /**
   * Whether these records and the index fit; the first record always does.
   *
   * @param bases how many of the records name a base
   */
  boolean fits(int records, int bases, long recordBytes, int packBytesMax) {
    return entries.count() + records == 1
        || length + recordBytes + entries.blockBytes(records, bases) + FOOTER_BYTES <= packBytesMax;
  }

  /**
   * Appends encoded records that follow each other, and returns where they are.
   *
   * @param headers of the records in the bytes
   */
  List<Place> append(byte[] bytes, int offset, int bytesCount, List<RecordHeader> headers)
      throws IOException {
    write(bytes, offset, bytesCount);
    List<Place> added = new ArrayList<>(headers.size());
    long position = length;
    for (RecordHeader header : headers) {
      entries.add(header);
      added.add(Place.of(header, Location.of(pack.ordinal(), position, header.totalBytes())));
      position += header.totalBytes();
    }
    length = position;
    recordsEnd = position;
    pack.extent(new PackFile.Extent(length, false));
    return added;
  }

  /** Writes index and footer and ends the pack. */
  void seal() throws IOException {
    byte[] index = entries.encode();
    byte[] bytes = Arrays.copyOf(index, index.length + FOOTER_BYTES);
    new PackFooter(PackFormat.VERSION, pack.id(), length, entries.count())
        .writeTo(bytes, index.length);
    write(bytes, 0, bytes.length);
    ended = true;
    sealed = true;
    length += bytes.length;
    pack.extent(new PackFile.Extent(length, true));
  }

  /** Makes what was appended before this call durable, and the file's name. Needs no lock. */
  void syncFile(boolean nameToo) throws IOException {
    file.sync();
    if (nameToo) {
      disk.syncDirectory(PackFormat.directory(pack.id()));
    }
  }

  /** Says how much a good {@link #syncFile} covered. */
  void synced(long bytes) {
    syncedBytes = Math.max(syncedBytes, bytes);
  }

  /**
   * Ends the pack at what is durable, after a failed {@link #syncFile}, and returns what is lost: a
   * second sync of the same file may succeed without having written anything.
   */
  List<Place> cutToSynced() {
    List<Place> lost = new ArrayList<>();
    long end = recordsEnd;
    while (entries.count() > 0) {
      int bytes = entries.lastBytes();
      long position = end - bytes;
      if (position < syncedBytes) {
        break;
      }
      end = position;
      RecordKey key = entries.removeLast();
      lost.add(new Place(key, Location.of(pack.ordinal(), position, bytes), null));
    }
    ended = true;
    sealed = false;
    length = syncedBytes;
    pack.extent(new PackFile.Extent(length, false));
    return lost;
  }

  /** Lets go of the file. */
  void close() {
    ended = true;
    entries.clear();
    try {
      file.close();
    } catch (IOException _) {
      // what counts was synced before, and nothing else is lost by this
    }
  }

  /** Closes and deletes a file in which nothing counts. */
  void discard() {
    close();
    try {
      disk.delete(pack.name());
    } catch (IOException _) {
      // it is an orphan now, which a later start deletes
    }
  }

  private void write(byte[] bytes, int offset, int bytesCount) throws IOException {
    boolean written = false;
    try {
      file.append(bytes, offset, bytesCount);
      written = true;
    } finally {
      ended |= !written;
    }
  }
}
