package io.aifs.cli.transfer;

import io.aifs.cli.terminal.Surroundings;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** File names between the platform's bytes and the store's UTF-8. */
public final class LocalName {
  /**
   * Refuses to go on where the platform does not spell file names in UTF-8: names would be stored
   * wrongly without anyone noticing.
   *
   * @throws AifsException.Precondition naming what to set
   */
  public static void requireUtf8(Surroundings surroundings) {
    if (!surroundings.nameEncoding().equalsIgnoreCase("UTF-8")) {
      throw new AifsException.Precondition(
          Reason.ARGUMENT_INVALID,
          "file names are spelled in "
              + surroundings.nameEncoding()
              + " here, and the store takes only UTF-8",
          "set LC_ALL=C.UTF-8, or start aifs with its own script, which does so");
    }
  }

  /**
   * Whether the bytes of a path are valid UTF-8. The JDK shows bytes that are not as replacement
   * characters, so a name that is spelled anew from what is shown is then another name.
   */
  static boolean isUtf8(Path path) {
    return path.getFileSystem().getPath(path.toString()).equals(path);
  }

  /** A path for messages; bytes that are not UTF-8 look like {@code \\xff}. */
  static String shown(Path path) {
    if (isUtf8(path)) {
      return path.toString();
    }
    ByteBuffer bytes = ByteBuffer.wrap(bytes(path.toAbsolutePath().toUri().getRawPath()));
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer chars = CharBuffer.allocate(bytes.remaining());
    StringBuilder shown = new StringBuilder();
    while (bytes.hasRemaining()) {
      CoderResult result = decoder.reset().decode(bytes, chars, true);
      shown.append(chars.flip());
      chars.clear();
      for (int i = 0; result.isMalformed() && i < result.length(); i++) {
        shown.append("\\x%02x".formatted(bytes.get()));
      }
    }
    return shown.toString();
  }

  /** The bytes of a path, which the JDK shows only in the form of a URI. */
  private static byte[] bytes(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); i++) {
      if (escaped.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(escaped, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(escaped.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private LocalName() {}
}
