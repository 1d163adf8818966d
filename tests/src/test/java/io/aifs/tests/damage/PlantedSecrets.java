package io.aifs.tests.damage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aifs.tests.harness.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Secrets that must be found nowhere: sixteen bytes of one in a row, as they are, or sixteen
 * characters of it in hexadecimal digits or in base64 of either alphabet, wherever they begin.
 */
final class PlantedSecrets {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int ENOUGH = 16;

  /** How a secret may look, and where in that a window begins. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Window(String what, byte[] form, int at) {}

  private final Map<Long, List<Window>> windows = new HashMap<>();

  /** A secret of at least sixteen bytes. Of a long one it is the beginning that is looked for. */
  void add(String what, byte[] secret) {
    addForm(what, secret);
    addForm(what + " in hex", HexFormat.of().formatHex(secret).getBytes(US_ASCII));
    addForm(what + " in HEX", HexFormat.of().withUpperCase().formatHex(secret).getBytes(US_ASCII));
    // Base64 depends on where in a group of three bytes the secret begins.
    for (int skipped = 0; skipped < 3; skipped++) {
      byte[] rest = Arrays.copyOfRange(secret, skipped, secret.length);
      addForm(what + " in base64", Base64.getEncoder().withoutPadding().encode(rest));
      addForm(what + " in base64url", Base64.getUrlEncoder().withoutPadding().encode(rest));
    }
  }

  void add(String what, String secret) {
    add(what, secret.getBytes(US_ASCII));
  }

  private void addForm(String what, byte[] form) {
    for (int at = 0; at + ENOUGH <= form.length; at++) {
      windows
          .computeIfAbsent((long) LONG.get(form, at), _ -> new ArrayList<>(1))
          .add(new Window(what, form, at));
    }
  }

  /** One line for each secret that is in a text. */
  List<String> findIn(String where, String text) {
    return findIn(where, text.getBytes(ISO_8859_1));
  }

  /** One line for each file below a directory and secret in it, but for the files named. */
  List<String> findBelow(Path directory, Set<Path> except) {
    List<String> found = new ArrayList<>();
    for (Path file : Trees.files(directory)) {
      if (!except.contains(file)) {
        try {
          found.addAll(findIn(file.toString(), Files.readAllBytes(file)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return found;
  }

  private List<String> findIn(String where, byte[] bytes) {
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i + ENOUGH <= bytes.length; i++) {
      for (Window window : windows.getOrDefault((long) LONG.get(bytes, i), List.of())) {
        int end = window.at() + ENOUGH;
        if (Arrays.equals(bytes, i, i + ENOUGH, window.form(), window.at(), end)) {
          found.putIfAbsent(
              window.what(), window.what() + " is at " + i + " of " + where + around(bytes, i));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static String around(byte[] bytes, int at) {
    int from = Math.max(0, at - 100);
    return ": ..." + new String(bytes, from, at - from, ISO_8859_1) + "<here>";
  }
}
