package io.aifs.schemas.embed;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.core.model.FloatVectors;
import io.aifs.schemas.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes an Embed payload from front to back, so that vectors pass through: only the source ids are
 * kept until the end. Equal input gives equal bytes. Not thread-safe.
 */
public final class EmbedWriter {
  private static final int VTABLE_AT = 8;
  private static final int VTABLE_BYTES = 4 + EmbedFormat.FIELDS * Short.BYTES;
  private static final int TABLE_AT = 24;
  private static final int TABLE_BYTES = 24;

  /** Places of the fields inside the table. */
  private static final int MODEL_AT = 4;

  private static final int VECTORS_AT = 8;
  private static final int SOURCES_AT = 12;
  private static final int DIMENSION_AT = 16;
  private static final int METRIC_AT = 20;

  private final OutputStream out;
  private final EmbedHeader header;
  private final byte[] model;
  private final int count;

  /** Whether vectors have source ids, which the first one says. */
  private boolean sourced;

  /** Where the id of each vector is in {@link #texts}. */
  private int[] places = new int[0];

  private final ByteArrayOutputStream texts = new ByteArrayOutputStream();
  private String last = "";
  private int added;
  private boolean finished;

  /**
   * @param out gets the payload; never closed
   * @param count how many vectors will be added: it stands before them
   * @throws IllegalArgumentException if so many do not fit into the 2 GiB of a FlatBuffer
   */
  public EmbedWriter(OutputStream out, EmbedHeader header, long count) {
    this.out = requireNonNull(out, "out is null");
    this.header = requireNonNull(header, "header is null");
    this.model = Utf8.bytesOf(header.model(), Limits.MODEL_BYTES_MAX, "model");
    if (count < 0 || count > EmbedFormat.BYTES_MAX / header.vectorBytes()) {
      throw tooLong(count);
    }
    this.count = (int) count;
    requireFits(0);
  }

  /**
   * Adds a vector of which nothing says what it was made from; then none of them has a source.
   *
   * @throws IllegalArgumentException if it is of another dimension, or no space can hold it
   */
  public void add(float[] vector) throws IOException {
    begin(vector, false);
    write(vector);
  }

  /**
   * Adds a vector and what it was made from.
   *
   * @throws IllegalArgumentException as {@link #add(float[])}, and if the source id is over 1 KiB,
   *     or the ids make the payload longer than 2 GiB
   */
  public void add(float[] vector, String source) throws IOException {
    byte[] text = Utf8.bytesOf(source, EmbedFormat.SOURCE_BYTES_MAX, "source id");
    begin(vector, true);
    if (added == places.length) {
      places = Arrays.copyOf(places, Math.min(count, Math.max(16, 2 * places.length)));
    }
    if (added > 0 && source.equals(last)) {
      places[added] = places[added - 1];
    } else {
      requireFits(Integer.BYTES + padded(text.length + 1));
      places[added] = texts.size();
      texts.writeBytes(text(text));
      last = source;
    }
    write(vector);
  }

  /**
   * Writes what is left. Nothing can be added afterwards.
   *
   * @throws IllegalStateException if fewer vectors were added than were announced
   */
  public void finish() throws IOException {
    if (finished || added != count) {
      throw new IllegalStateException(
          finished ? "it is finished" : added + " of " + count + " vectors were added");
    }
    finished = true;
    if (count == 0) {
      out.write(head());
    }
    if (sourced) {
      byte[] offsets = new byte[Integer.BYTES + count * Integer.BYTES];
      ByteBuffer buffer = ByteBuffer.wrap(offsets).order(ByteOrder.LITTLE_ENDIAN).putInt(count);
      for (int i = 0; i < count; i++) {
        // From its own place on: the offsets that follow it, then the texts.
        buffer.putInt((count - i) * Integer.BYTES + places[i]);
      }
      out.write(offsets);
      texts.writeTo(out);
    }
  }

  private void begin(float[] vector, boolean withSource) {
    if (finished || added == count) {
      throw new IllegalStateException("all " + count + " vectors were added");
    }
    if (vector.length != header.dimension()) {
      throw new IllegalArgumentException(
          "the vector has " + vector.length + " values for " + header.dimension());
    }
    FloatVectors.requireUsable(vector, header.metric());
    if (added == 0) {
      sourced = withSource;
    } else if (sourced != withSource) {
      throw new IllegalArgumentException("some vectors have a source id and some have none");
    }
  }

  private void write(float[] vector) throws IOException {
    if (added == 0) {
      requireFits(0);
      out.write(head());
    }
    out.write(FloatVectors.encode(vector));
    added++;
  }

  /** All that stands before the first value. */
  private byte[] head() {
    int modelAt = TABLE_AT + TABLE_BYTES;
    byte[] text = text(model);
    int vectorsAt = modelAt + text.length;
    int sourcesAt = vectorsAt + Integer.BYTES + count * header.vectorBytes();
    ByteBuffer head = ByteBuffer.allocate(vectorsAt + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(TABLE_AT).putInt(EmbedFormat.IDENTIFIER);
    head.putShort((short) VTABLE_BYTES).putShort((short) TABLE_BYTES);
    head.putShort(slot(EmbedFormat.MODEL), (short) MODEL_AT);
    head.putShort(slot(EmbedFormat.DIMENSION), (short) DIMENSION_AT);
    head.putShort(slot(EmbedFormat.METRIC), (short) METRIC_AT);
    head.putShort(slot(EmbedFormat.VECTORS), (short) VECTORS_AT);
    head.putInt(TABLE_AT, TABLE_AT - VTABLE_AT);
    head.putInt(TABLE_AT + MODEL_AT, modelAt - (TABLE_AT + MODEL_AT));
    head.putInt(TABLE_AT + VECTORS_AT, vectorsAt - (TABLE_AT + VECTORS_AT));
    head.putInt(TABLE_AT + DIMENSION_AT, header.dimension());
    head.put(TABLE_AT + METRIC_AT, (byte) header.metric().code());
    if (sourced) {
      head.putShort(slot(EmbedFormat.SOURCES), (short) SOURCES_AT);
      head.putInt(TABLE_AT + SOURCES_AT, sourcesAt - (TABLE_AT + SOURCES_AT));
    }
    head.put(modelAt, text);
    head.putInt(vectorsAt, count * header.dimension());
    return head.array();
  }

  private static int slot(int field) {
    return VTABLE_AT + 4 + field * Short.BYTES;
  }

  /** A text as FlatBuffers have it: its length, its bytes, a zero, and zeros up to a word. */
  private static byte[] text(byte[] utf8) {
    return ByteBuffer.allocate(Integer.BYTES + padded(utf8.length + 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(utf8.length)
        .put(utf8)
        .array();
  }

  private static int padded(int length) {
    return (length + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
  }

  /** Returns if the payload stays below 2 GiB with so many more bytes of texts. */
  private void requireFits(int moreBytes) {
    long bytes =
        TABLE_AT
            + TABLE_BYTES
            + Integer.BYTES
            + padded(model.length + 1)
            + Integer.BYTES
            + (long) count * header.vectorBytes();
    if (sourced) {
      bytes += Integer.BYTES + (long) count * Integer.BYTES + texts.size() + moreBytes;
    }
    if (bytes > EmbedFormat.BYTES_MAX) {
      throw tooLong(count);
    }
  }

  private IllegalArgumentException tooLong(long vectors) {
    return new IllegalArgumentException(
        vectors
            + " vectors of "
            + header.dimension()
            + " values do not fit into the 2 GiB of a FlatBuffer; write several");
  }
}
