package io.aifs.crypto;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** One line of the published known answers; the outputs are hexadecimal. */
record Blake3Vector(int inputBytes, String hash, String keyedHash, String derivedKey) {
  static final int OUTPUT_BYTES = 131;
  static final byte[] KEY = "whats the Elvish word for friend".getBytes(StandardCharsets.UTF_8);
  static final String CONTEXT = "BLAKE3 2019-12-27 16:29:52 test vectors context";

  static List<Blake3Vector> all() {
    InputStream file = Blake3Vector.class.getResourceAsStream("blake3-vectors.txt");
    Objects.requireNonNull(file, "blake3-vectors.txt is missing");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).map(Blake3Vector::parse).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Blake3Vector parse(String line) {
    String[] fields = line.split(" ", -1);
    return new Blake3Vector(Integer.parseInt(fields[0]), fields[1], fields[2], fields[3]);
  }

  byte[] input() {
    byte[] input = new byte[inputBytes];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) (i % 251);
    }
    return input;
  }
}
