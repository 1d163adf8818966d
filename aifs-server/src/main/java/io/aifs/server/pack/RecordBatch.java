package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;

/** Records encoded one behind the other, ready to be written wherever they fit. */
final class RecordBatch {
  /** A longer batch is written in parts, so that heap does not grow with what a caller brings. */
  private static final int BATCH_BYTES_MAX = 8 << 20;

  private final byte[] bytes;
  private final List<RecordHeader> headers = new ArrayList<>();
  private final int[] starts;

  private RecordBatch(List<PackRecord> records) {
    starts = new int[records.size() + 1];
    for (int i = 0; i < records.size(); i++) {
      headers.add(RecordHeader.of(records.get(i)));
      starts[i + 1] = starts[i] + headers.get(i).totalBytes();
    }
    bytes = new byte[starts[records.size()]];
    for (int i = 0; i < records.size(); i++) {
      RecordBytes.encode(headers.get(i), records.get(i), bytes, starts[i]);
    }
  }

  /** How many of the records from {@code from} on make a batch: at least one. */
  static int count(List<PackRecord> records, int from) {
    long bytesCount = 0;
    int to = from;
    while (to < records.size()) {
      bytesCount += RecordHeader.of(records.get(to)).totalBytes();
      if (to > from && bytesCount > BATCH_BYTES_MAX) {
        break;
      }
      to++;
    }
    return to - from;
  }

  static RecordBatch of(List<PackRecord> records) {
    return new RecordBatch(records);
  }

  int count() {
    return headers.size();
  }

  List<Digest> ids() {
    return headers.stream().map(RecordHeader::id).toList();
  }

  Digest id(int record) {
    return headers.get(record).id();
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where a record starts in {@link #bytes}; that of {@link #count} is the end. */
  int start(int record) {
    return starts[record];
  }

  /** How many of the records of this range name a base. */
  int bases(int from, int to) {
    return (int) headers(from, to).stream().filter(header -> header.base() != null).count();
  }

  List<RecordHeader> headers(int from, int to) {
    return headers.subList(from, to);
  }
}
