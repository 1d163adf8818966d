package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;

/** Which vectors an embedding space can hold, or be asked with. */
public final class VectorRules {
  private static final String HINT = "send what the model of the space makes, without change";

  /**
   * The values of a vector that a space can hold.
   *
   * @param field the message's field
   * @param subject what to call the vector in a message
   * @throws AifsException.InvalidRequest if it has another dimension, a value that is no number, or
   *     no direction where the metric asks for one
   */
  public static float[] require(byte[] vector, EmbeddingSpace space, String field, String subject) {
    if (vector.length % Float.BYTES != 0) {
      throw invalid(
          field, subject + " has " + vector.length + " bytes, which are no float32 values");
    }
    requireDimension(vector.length / Float.BYTES, space, field, subject);
    float[] values = FloatVectors.decode(vector);
    try {
      FloatVectors.requireUsable(values, space.metric());
    } catch (IllegalArgumentException e) {
      throw invalid(field, subject + " cannot be compared: " + e.getMessage());
    }
    return values;
  }

  /**
   * Returns if vectors of a space have this dimension.
   *
   * @throws AifsException.InvalidRequest otherwise, naming both
   */
  public static void requireDimension(
      int dimension, EmbeddingSpace space, String field, String subject) {
    if (dimension != space.dimension()) {
      throw invalid(
          field,
          subject
              + " has dimension "
              + dimension
              + ", and embedding space '"
              + space.name()
              + "' has dimension "
              + space.dimension());
    }
  }

  private static AifsException.InvalidRequest invalid(String field, String message) {
    return new AifsException.InvalidRequest(Reason.VECTOR_INVALID, field, message, HINT);
  }

  private VectorRules() {}
}
