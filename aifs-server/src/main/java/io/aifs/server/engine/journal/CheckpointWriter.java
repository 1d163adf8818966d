package io.aifs.server.engine.journal;

import io.aifs.server.catalog.DumpVisitor;
import io.aifs.server.catalog.TablePage;
import io.aifs.server.catalog.journal.TablePageCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes a dumped catalog into the log, page by page, some megabytes with one sync. */
final class CheckpointWriter implements DumpVisitor {
  private static final int BATCH_BYTES = 4 << 20;

  private final ChunkJournalLog log;
  private final String id;
  private final List<byte[]> batch = new ArrayList<>();
  private long batchBytes;
  private int format;
  private long sequence;
  private int pages;

  /**
   * @param id 32 hex digits that no other checkpoint has
   */
  CheckpointWriter(ChunkJournalLog log, String id) {
    this.log = log;
    this.id = id;
  }

  @Override
  public void begin(int dumpedFormat, long dumpedSequence) {
    format = dumpedFormat;
    sequence = dumpedSequence;
  }

  @Override
  public void page(TablePage page) throws IOException {
    byte[] rows = TablePageCodec.encode(page);
    byte[] body = ByteBuffer.allocate(Integer.BYTES + rows.length).putInt(format).put(rows).array();
    add(RecordHead.Kind.PAGE, pages, body);
    pages++;
  }

  /** Says that the checkpoint is whole; from here on a rebuild begins with it. */
  void end() throws IOException {
    add(RecordHead.Kind.END, pages, ByteBuffer.allocate(Integer.BYTES).putInt(format).array());
    flush();
  }

  /** The newest transaction that it holds. */
  long sequence() {
    return sequence;
  }

  private void add(RecordHead.Kind kind, int number, byte[] body) throws IOException {
    batch.addAll(RecordBodies.split(kind, sequence, number, id, body));
    batchBytes += body.length;
    if (batchBytes >= BATCH_BYTES) {
      flush();
    }
  }

  private void flush() throws IOException {
    var _ = log.appendRecords(batch);
    batch.clear();
    batchBytes = 0;
  }
}
