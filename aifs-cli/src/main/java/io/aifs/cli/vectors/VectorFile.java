package io.aifs.cli.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aifs.core.Limits;
import io.aifs.core.model.FloatVectors;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors in a file: JSON (an array of numbers, or an array of such arrays), NumPy ({@code .npy} of
 * float32, one or two dimensions), or else one vector of raw little-endian float32 values. What it
 * is tells its beginning, not its name.
 */
public final class VectorFile {
  /** Room for as many vectors as a search takes, written as JSON. */
  private static final int BYTES_MAX = 32 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads to the end.
   *
   * @throws IllegalArgumentException if it holds no vectors, or more than a file may
   */
  public static List<float[]> read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(BYTES_MAX + 1);
    if (bytes.length > BYTES_MAX) {
      throw new IllegalArgumentException("it is over " + BYTES_MAX + " bytes");
    }
    return parse(bytes);
  }

  /**
   * The vectors, in order; never none, and none of them empty.
   *
   * @throws IllegalArgumentException if it holds no vectors
   */
  public static List<float[]> parse(byte[] bytes) {
    if (NumpyFile.isOne(bytes)) {
      return NumpyFile.parse(bytes);
    }
    if (beginsAsJson(bytes)) {
      try {
        return vectors(JSON.readTree(bytes));
      } catch (JsonProcessingException e) {
        // A raw value may begin with the byte of a bracket.
        if (bytes.length % Float.BYTES != 0) {
          throw new IllegalArgumentException("it is neither JSON nor raw float32 values", e);
        }
      } catch (IOException e) {
        throw new IllegalArgumentException("it is not JSON", e);
      }
    }
    return List.of(required(FloatVectors.decode(bytes)));
  }

  private static boolean beginsAsJson(byte[] bytes) {
    for (byte one : bytes) {
      if (one == '[') {
        return true;
      }
      if (one != ' ' && one != '\n' && one != '\r' && one != '\t') {
        return false;
      }
    }
    return false;
  }

  private static List<float[]> vectors(JsonNode array) {
    if (array.isEmpty() || !array.get(0).isArray()) {
      return List.of(vector(array));
    }
    List<float[]> vectors = new ArrayList<>(array.size());
    for (JsonNode one : array) {
      vectors.add(vector(one));
    }
    return vectors;
  }

  /**
   * The values of an array of JSON.
   *
   * @throws IllegalArgumentException if it is none, or one of them is no number of float32
   */
  static float[] vector(JsonNode array) {
    if (!array.isArray()) {
      throw new IllegalArgumentException("a vector is an array of numbers, as [0.1, 0.2]");
    }
    if (array.size() > Limits.DIMENSION_MAX) {
      throw new IllegalArgumentException("the vector is over " + Limits.DIMENSION_MAX + " values");
    }
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = array.get(i);
      if (!value.isNumber() || !Float.isFinite((float) value.doubleValue())) {
        throw new IllegalArgumentException("value " + i + " of the vector is no number of float32");
      }
      values[i] = (float) value.doubleValue();
    }
    return required(values);
  }

  static float[] required(float[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("the vector is empty");
    }
    if (values.length > Limits.DIMENSION_MAX) {
      throw new IllegalArgumentException(
          "the vector has " + values.length + " values, over " + Limits.DIMENSION_MAX);
    }
    return values;
  }

  private VectorFile() {}
}
