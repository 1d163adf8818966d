package io.aifs.server.pack;

import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packs that one compaction writes. Not thread-safe. */
final class CompactionOutput {
  /** At least the longest record; small ones are written together. */
  private static final int BUFFER_BYTES = 2 << 20;

  private final NewPacks newPacks;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final List<RecordHeader> headers = new ArrayList<>();
  private int buffered;

  /** How many of the headers name one. */
  private int bases;

  private final List<PackWriter> writers = new ArrayList<>();
  private @Nullable PackWriter current;

  CompactionOutput(NewPacks newPacks) {
    this.newPacks = newPacks;
  }

  /** Appends one whole record and returns where it will be. */
  long append(byte[] bytes, int offset, RecordHeader header) throws IOException {
    PackWriter open = current;
    int length = header.totalBytes();
    if (open == null
        || !open.fits(
            headers.size() + 1,
            bases + bases(header),
            buffered + (long) length,
            newPacks.packBytesMax())) {
      if (open != null) {
        flush(open);
        open.seal();
      }
      open = newPacks.begin();
      writers.add(open);
      current = open;
    }
    if (buffered + length > buffer.length) {
      flush(open);
    }
    long location = Location.of(open.pack().ordinal(), open.length() + buffered, length);
    System.arraycopy(bytes, offset, buffer, buffered, length);
    buffered += length;
    headers.add(header);
    bases += bases(header);
    return location;
  }

  private static int bases(RecordHeader header) {
    return header.base() == null ? 0 : 1;
  }

  private void flush(PackWriter writer) throws IOException {
    if (!headers.isEmpty()) {
      var _ = writer.append(buffer, 0, buffered, headers);
      buffered = 0;
      headers.clear();
      bases = 0;
      writer.syncFile(false); // little by little, so that the syncs of puts need not wait for much
    }
  }

  /** Seals all packs and makes them durable. */
  List<LivePack> finish() throws IOException {
    List<LivePack> packs = new ArrayList<>();
    if (current != null) {
      flush(current);
      current.seal();
    }
    for (PackWriter writer : writers) {
      writer.syncFile(true);
      writer.close();
      packs.add(new LivePack(writer.pack().id(), newPacks.domain(), writer.length(), true));
    }
    return packs;
  }

  /** Deletes what was written. */
  void discard() {
    for (PackWriter writer : writers) {
      newPacks.packs().drop(writer.pack());
      writer.discard();
    }
  }
}
