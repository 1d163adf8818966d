package io.aifs.vector;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's graphs over vectors, in memory outside of the heap; at rest only behind {@link
 * VectorFiles}. Thread-safe.
 *
 * <p>Memory: each vector takes 4 bytes a value (1 under {@link IndexSpec.Storage#INT8}), about 150
 * bytes for its place in the graph, and what filters ask of it; what is being written is there
 * twice. In the heap: 4 bytes a vector, {@link Options#bufferMegabytes} for what is changed, and
 * while segments are merged about 400 bytes for each of their vectors.
 */
public final class LuceneVectorIndex implements VectorIndex {
  private static final int WALKS_MAX = 16;

  private final IndexSpec spec;
  private final AssetNumbers numbers;
  private final MemoryDirectory directory;
  private final LuceneWriter changes;
  private final IndexWriter writer;
  private final Scoring scoring;
  private final Documents documents;

  /** The numbers of assets of which something is held: others need not be looked for. */
  private final BitSet held = new BitSet();

  /** Idle ones, as many as there were searches at once, but not more than some. */
  private final ArrayBlockingQueue<GraphWalk> walks = new ArrayBlockingQueue<>(WALKS_MAX);

  private final Object refreshing = new Object();

  /** Held while it is said up to where a commit is, and the commit is made. */
  private final Object committing = new Object();

  private volatile Snapshot snapshot;
  private volatile OptionalLong position;

  /**
   * How an index works.
   *
   * @param threads that build graphs at once
   * @param bufferMegabytes heap that changes may take before they become a segment
   * @param segmentMegabytes segments that are larger are merged no more
   */
  public record Options(int threads, int bufferMegabytes, int segmentMegabytes) {
    /** For a server with other things to do. */
    public static final Options DEFAULT = new Options(2, 64, 8 << 10);

    public Options {
      if (threads < 1 || bufferMegabytes < 1 || segmentMegabytes < 1) {
        throw new IllegalArgumentException("an option is below 1");
      }
    }
  }

  private LuceneVectorIndex(
      IndexSpec spec,
      AssetNumbers numbers,
      MemoryDirectory directory,
      LuceneWriter changes,
      OptionalLong position)
      throws IOException {
    this.spec = spec;
    this.numbers = numbers;
    this.directory = directory;
    this.changes = changes;
    this.writer = changes.lucene();
    this.position = position;
    this.scoring = Scoring.of(spec.similarity());
    this.documents = new Documents(scoring, spec.storage());
    this.snapshot = Snapshot.first(DirectoryReader.open(writer), numbers);
    for (Segment segment : snapshot.segments()) {
      segment.addLiving(held);
    }
  }

  /**
   * Opens what the last commit left; an empty index if there is nothing.
   *
   * @param files of this index alone, for as long as it is open
   * @param numbers those of the sets that the index will be asked about
   * @throws IndexDamagedException if what is at rest is not such an index, whole
   */
  public static LuceneVectorIndex open(
      IndexSpec spec, VectorFiles files, AssetNumbers numbers, Options options) throws IOException {
    requireNonNull(spec, "spec is null");
    requireNonNull(numbers, "numbers is null");
    LuceneLogs.quiet();
    MemoryDirectory directory = null;
    LuceneWriter changes = null;
    LuceneVectorIndex opened = null;
    try {
      directory = MemoryDirectory.open(files);
      OptionalLong position = OptionalLong.empty();
      if (DirectoryReader.indexExists(directory)) {
        Map<String, String> data = SegmentInfos.readLatestCommit(directory).getUserData();
        position = CommitData.parse(data, spec).position();
      }
      changes = new LuceneWriter(directory, spec.storage(), options, position.isEmpty());
      opened = new LuceneVectorIndex(spec, numbers, directory, changes, position);
      return opened;
    } catch (IOException failure) {
      throw Damage.of(failure);
    } finally {
      if (opened == null) {
        closeAll(changes, directory);
      }
    }
  }

  private static void closeAll(@Nullable LuceneWriter changes, @Nullable MemoryDirectory directory)
      throws IOException {
    try {
      if (changes != null) {
        changes.close();
      }
    } finally {
      if (directory != null) {
        directory.close();
      }
    }
  }

  @Override
  public IndexSpec spec() {
    return spec;
  }

  @Override
  public void replace(List<AssetVectors> assets) throws IOException {
    for (AssetVectors asset : assets) {
      for (AssetVectors.Part part : asset.parts()) {
        requireFits(part.vector());
        scoring.requireComparable(part.vector());
      }
    }
    synchronized (held) {
      for (AssetVectors asset : assets) {
        replace(asset);
      }
    }
  }

  private void replace(AssetVectors asset) throws IOException {
    List<Document> parts = documents.of(asset);
    if (parts.isEmpty()) {
      OptionalInt number = numbers.find(asset.asset());
      if (number.isPresent() && held.get(number.getAsInt())) {
        writer.deleteDocuments(Fields.asset(asset.asset()));
        held.clear(number.getAsInt());
      }
      return;
    }
    int number = numbers.of(asset.asset());
    if (held.get(number)) {
      writer.updateDocuments(Fields.asset(asset.asset()), parts);
    } else {
      writer.addDocuments(parts);
      held.set(number);
    }
  }

  private void requireFits(float[] vector) {
    if (vector.length != spec.dimension()) {
      throw new IllegalArgumentException(
          "a vector has " + vector.length + " values, not " + spec.dimension());
    }
  }

  @Override
  public void refresh() throws IOException {
    synchronized (refreshing) {
      DirectoryReader newer = DirectoryReader.openIfChanged(snapshot.reader(), writer);
      if (newer != null) {
        Snapshot older = snapshot;
        snapshot = older.next(newer, numbers);
        older.reader().decRef();
      }
    }
  }

  @Override
  public List<Hit> search(VectorQuery query) throws IOException {
    requireFits(query.vector());
    if (query.within().filter(set -> set.numbers() != numbers).isPresent()) {
      throw new IllegalArgumentException("the set is of assets that are numbered otherwise");
    }
    Search search = new Search(spec, query);
    GraphWalk walk = Optional.ofNullable(walks.poll()).orElseGet(GraphWalk::new);
    changes.endBuilding();
    Snapshot now = held();
    try {
      List<Hit> hits = search.run(now.segments(), walk);
      var _ = walks.offer(walk);
      return hits;
    } catch (IOException failure) {
      throw Damage.of(failure);
    } finally {
      now.reader().decRef();
    }
  }

  /** The snapshot of now, whose reader is held until the caller lets it go. */
  private Snapshot held() {
    while (true) {
      Snapshot now = snapshot;
      if (now.reader().tryIncRef()) {
        return now;
      }
      if (now == snapshot) {
        throw new AlreadyClosedException("the index is closed");
      }
    }
  }

  @Override
  public void commit(long reached) throws IOException {
    synchronized (committing) {
      commit(OptionalLong.of(reached));
    }
  }

  private void commit(OptionalLong reached) throws IOException {
    writer.setLiveCommitData(new CommitData(spec, reached).toMap().entrySet());
    writer.commit();
    position = reached;
  }

  @Override
  public OptionalLong position() {
    return position;
  }

  @Override
  public void optimize() throws IOException {
    writer.forceMerge(1);
    changes.endBuilding();
    synchronized (committing) {
      commit(position);
    }
    refresh();
  }

  @Override
  public IndexStats stats() throws IOException {
    Snapshot now = held();
    try {
      return new IndexStats(
          now.reader().numDocs(),
          now.reader().numDeletedDocs(),
          now.segments().size(),
          directory.memoryBytes() + now.memoryBytes() + writer.ramBytesUsed(),
          directory.bytesAtRest());
    } finally {
      now.reader().decRef();
    }
  }

  @Override
  public void checkIntegrity() throws IOException {
    try {
      directory.checkAtRest();
    } catch (IOException failure) {
      throw Damage.of(failure);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (refreshing) {
      if (writer.isOpen()) {
        snapshot.reader().decRef();
      }
      closeAll(changes, directory);
    }
  }
}
