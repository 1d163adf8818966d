package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.tests.harness.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bytes that must not be found: any eight of them in a row, wherever they begin. */
final class PlantedBytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Map<Long, String> windows = new HashMap<>();

  /** Content, or a text, as it is. */
  void add(String what, byte[] bytes) {
    for (int i = 0; i + Long.BYTES <= bytes.length; i++) {
      windows.put((long) LONG.get(bytes, i), what);
    }
  }

  /** A key as bytes, in hexadecimal digits and in base64. */
  void addKey(String what, byte[] key) {
    add(what, key);
    String hex = HexFormat.of().formatHex(key);
    add(what + " in hex", hex.getBytes(StandardCharsets.US_ASCII));
    add(what + " in base64", Base64.getEncoder().encode(key));
  }

  void requireAbsentBelow(Path directory) {
    assertThat(findBelow(directory)).as("what is in clear below " + directory).isEmpty();
  }

  /** One line for each file that has something, at its first place. */
  List<String> findBelow(Path directory) {
    List<String> found = new ArrayList<>();
    for (Path file : Trees.files(directory)) {
      find(file).ifPresent(found::add);
    }
    return found;
  }

  void requireAbsentFrom(String log) {
    assertThat(find("the log", log.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private Optional<String> find(Path file) {
    try {
      return find(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> find(String where, byte[] bytes) {
    for (int i = 0; i + Long.BYTES <= bytes.length; i++) {
      String what = windows.get((long) LONG.get(bytes, i));
      if (what != null) {
        return Optional.of(what + " is at byte " + i + " of " + where);
      }
    }
    return Optional.empty();
  }
}
