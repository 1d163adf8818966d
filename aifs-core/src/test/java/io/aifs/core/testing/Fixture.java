package io.aifs.core.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.crypto.Blake3;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;

/**
 * Golden files: what a format's first release wrote, which every later one must still write and
 * read. A test that fails on one has found a broken format, not a stale fixture.
 */
public final class Fixture {
  private Fixture() {}

  /** The lines of a resource beside {@code owner}; empty ones and those from {@code #} left out. */
  public static List<String> lines(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("fixture is missing: " + name);
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a resource in hex, on as many lines as it likes. */
  public static byte[] hex(Class<?> owner, String name) {
    return HexFormat.of().parseHex(String.join("", lines(owner, name)));
  }

  /** Bytes that look random, the same for ever: BLAKE3 derive_key output for {@code seed}. */
  public static byte[] bytes(String seed, int length) {
    return Blake3.deriveKey("aifs test fixture v1 " + seed, new byte[0], length);
  }
}
