package io.aifs.server.engine;

import io.aifs.core.manifest.ChunkCursor;
import io.aifs.core.manifest.ChunkRef;
import io.aifs.crypto.Digest;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Many runs of one asset, in the order of its content. Only chunks that hold some of them are read,
 * each of them once and verified before any of it is handed out. While one batch is handed out the
 * next is read, and no more is held, however many runs there are. To be read once, by one thread.
 */
final class RunsReader {
  /**
   * Where the next run lies further on than this, its chunk is looked up anew instead of passing
   * over all chunks before it.
   */
  private static final long LEAP_BYTES = 8L << 20;

  private final ContentReader asset;
  private final ChunkSource source;
  private final Executor executor;
  private final RunCursor ahead;
  private final RunCursor behind;
  private @Nullable ChunkCursor chunks;
  private long passed;

  RunsReader(
      ContentReader asset, ChunkSource source, Executor executor, Iterable<ContentRun> runs) {
    this.asset = asset;
    this.source = source;
    this.executor = executor;
    this.ahead = new RunCursor(runs.iterator());
    this.behind = new RunCursor(runs.iterator());
  }

  /** Hands all runs to the sink. */
  void read(ContentReader.Sink sink) throws IOException {
    ReadAhead.run(executor, this::fetch, batch -> hand(batch, sink));
  }

  private record Batch(List<ChunkRef> refs, Map<Digest, byte[]> bytes) {}

  private Optional<Batch> fetch() {
    List<ChunkRef> refs = new ArrayList<>();
    Set<Digest> digests = new LinkedHashSet<>();
    long bytes = 0;
    while (bytes < ContentReader.BATCH_BYTES && ahead.hasNext()) {
      ChunkRef ref = chunkAt(ahead.position());
      refs.add(ref);
      digests.add(ref.digest());
      bytes += ref.length();
      ahead.skipTo(ref.end());
    }
    return refs.isEmpty()
        ? Optional.empty()
        : Optional.of(new Batch(refs, asset.chunks(source, digests)));
  }

  private ChunkRef chunkAt(long position) {
    ChunkCursor cursor = chunks;
    if (cursor == null || position - passed > LEAP_BYTES) {
      cursor = asset.chunks(position, asset.info().size() - position);
      chunks = cursor;
    }
    while (true) {
      ChunkRef ref =
          asset
              .next(cursor)
              .orElseThrow(() -> new IllegalStateException("chunks end before " + position));
      passed = ref.end();
      if (ref.end() > position) {
        return ref;
      }
    }
  }

  private void hand(Batch batch, ContentReader.Sink sink) throws IOException {
    for (ChunkRef ref : batch.refs()) {
      byte[] bytes = asset.bytesOf(ref, batch.bytes());
      while (behind.hasNext() && behind.position() < ref.end()) {
        int length = behind.upTo(ref.end());
        sink.accept(bytes, (int) (behind.position() - ref.offset()), length);
        behind.advance(length);
      }
    }
  }
}
