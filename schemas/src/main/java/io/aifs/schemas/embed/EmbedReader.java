package io.aifs.schemas.embed;

import io.aifs.core.model.VectorMetric;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;

/**
 * The vectors of an Embed payload, read where they lie. For one thread at a time. The format is in
 * {@code docs/format/embed.md}.
 */
public final class EmbedReader {
  private EmbedReader() {}

  /**
   * Opens a payload, and looks at all that is said of the vectors but not at their values.
   *
   * @throws PayloadInvalidException if it is none
   */
  public static EmbedReader open(ByteSource source) throws PayloadInvalidException, IOException {
    throw new UnsupportedOperationException();
  }

  /** The model that made the vectors; may be empty. */
  public String model() {
    throw new UnsupportedOperationException();
  }

  public int dimension() {
    throw new UnsupportedOperationException();
  }

  public VectorMetric metric() {
    throw new UnsupportedOperationException();
  }

  public long count() {
    throw new UnsupportedOperationException();
  }

  /** What a vector was made from: an asset id, a name, a part of a document; may be empty. */
  public String source(long at) throws PayloadInvalidException, IOException {
    throw new UnsupportedOperationException();
  }

  /** The values of a vector. */
  public float[] vector(long at) throws PayloadInvalidException, IOException {
    throw new UnsupportedOperationException();
  }
}
