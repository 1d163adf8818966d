package io.aifs.schemas.embed;

import io.aifs.core.Limits;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.VectorMetric;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The vectors of an Embed payload, read where they lie. For one thread at a time. The format is in
 * {@code docs/format/embed.md}.
 */
public final class EmbedReader {
  private final ByteSource source;
  private final EmbedHeader header;
  private final long vectorsAt;
  private final long count;
  private final FlatTable.Vector sources;

  /** Offsets of the source ids, and the ids themselves: two windows, for they lie apart. */
  private final SourceWindow offsets;

  private final SourceWindow texts;

  private EmbedReader(
      ByteSource source, EmbedHeader header, FlatTable.Vector values, FlatTable.Vector sources) {
    this.source = source;
    this.header = header;
    this.vectorsAt = values.at();
    this.count = values.count() / header.dimension();
    this.sources = sources;
    this.offsets = new SourceWindow(source);
    this.texts = new SourceWindow(source);
  }

  /**
   * Opens a payload, and looks at all that is said of the vectors but not at their values.
   *
   * @throws PayloadInvalidException if it is none
   */
  public static EmbedReader open(ByteSource source) throws PayloadInvalidException, IOException {
    if (source.size() > EmbedFormat.BYTES_MAX) {
      throw new PayloadInvalidException(
          "byte " + EmbedFormat.BYTES_MAX,
          "it goes on, and FlatBuffers end at 2 GiB; put the vectors into several assets");
    }
    SourceWindow in = new SourceWindow(source);
    in.requireInside(0, 2 * Integer.BYTES, "the beginning");
    if (in.i64(0) >>> Integer.SIZE != EmbedFormat.IDENTIFIER) { // behind the root's offset
      throw new PayloadInvalidException(
          "byte 4", "there is no AIFE, so that it is no Embed payload of FlatBuffers");
    }
    FlatTable table = FlatTable.root(in);
    EmbedHeader header = header(table);
    FlatTable.Vector values = table.words(EmbedFormat.VECTORS, "the vectors");
    if (values.count() % header.dimension() != 0) {
      throw new PayloadInvalidException(
          "vectors",
          "there are "
              + values.count()
              + " values, which are no number of vectors of "
              + header.dimension());
    }
    FlatTable.Vector sources = table.words(EmbedFormat.SOURCES, "the source ids");
    long count = values.count() / header.dimension();
    if (sources.count() != 0 && sources.count() != count) {
      throw new PayloadInvalidException(
          "sources", "there are " + sources.count() + " source ids for " + count + " vectors");
    }
    return new EmbedReader(source, header, values, sources);
  }

  private static EmbedHeader header(FlatTable table) throws PayloadInvalidException, IOException {
    int metric = table.u8(EmbedFormat.METRIC, VectorMetric.COSINE.code());
    if (Arrays.stream(VectorMetric.values()).noneMatch(known -> known.code() == metric)) {
      throw new PayloadInvalidException("metric", "there is no metric " + metric);
    }
    String model = table.text(EmbedFormat.MODEL, Limits.MODEL_BYTES_MAX, "the model");
    long dimension = table.u32(EmbedFormat.DIMENSION, 0);
    try {
      return new EmbedHeader(model, (int) dimension, VectorMetric.ofCode(metric));
    } catch (IllegalArgumentException e) {
      throw new PayloadInvalidException(
          "dimension", Objects.requireNonNullElse(e.getMessage(), "it is none"));
    }
  }

  /** What is said of all vectors. */
  public EmbedHeader header() {
    return header;
  }

  /** The model that made the vectors; may be empty. */
  public String model() {
    return header.model();
  }

  public int dimension() {
    return header.dimension();
  }

  public VectorMetric metric() {
    return header.metric();
  }

  public long count() {
    return count;
  }

  /** Whether each vector has a source id. */
  public boolean hasSources() {
    return sources.count() > 0;
  }

  /**
   * What a vector was made from: an asset id, a name, a part of a document; may be empty.
   *
   * @throws IndexOutOfBoundsException if there is no such vector
   */
  public String source(long at) throws PayloadInvalidException, IOException {
    long index = Objects.checkIndex(at, count);
    return hasSources() ? sourceAt(sourcePlace(index), index) : "";
  }

  /** Where the id of a vector's source lies; several vectors may have the same. */
  long sourcePlace(long at) throws PayloadInvalidException, IOException {
    return FlatTable.follow(offsets, sources.at() + at * Integer.BYTES, sourceName(at));
  }

  String sourceAt(long place, long at) throws PayloadInvalidException, IOException {
    return FlatTable.text(texts, place, EmbedFormat.SOURCE_BYTES_MAX, sourceName(at));
  }

  private static String sourceName(long at) {
    return "the source id of vector " + at;
  }

  /** Bytes read for source ids so far. */
  long sourceBytesFetched() {
    return texts.fetchedBytes();
  }

  /**
   * The values of a vector, whatever they are.
   *
   * @throws IndexOutOfBoundsException if there is no such vector
   */
  public float[] vector(long at) throws PayloadInvalidException, IOException {
    return vectors(at, 1).getFirst();
  }

  /**
   * The values of vectors that follow each other, by one read.
   *
   * @throws IndexOutOfBoundsException if they are not all there
   */
  public List<float[]> vectors(long from, int length) throws PayloadInvalidException, IOException {
    long first = Objects.checkFromIndexSize(from, (long) length, count);
    byte[] bytes =
        source.read(
            vectorsAt + first * header.vectorBytes(),
            Math.multiplyExact(length, header.vectorBytes()));
    if (length == 1) {
      return List.of(FloatVectors.decode(bytes));
    }
    float[] values = FloatVectors.decode(bytes);
    List<float[]> vectors = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      vectors.add(Arrays.copyOfRange(values, i * header.dimension(), (i + 1) * header.dimension()));
    }
    return vectors;
  }
}
