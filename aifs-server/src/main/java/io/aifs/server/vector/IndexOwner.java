package io.aifs.server.vector;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Whose files they are: every seal is bound to it.
 *
 * @param namespace its number
 * @param build which of the indexes that the space had: 32 hex digits, drawn for each
 */
record IndexOwner(String storeId, long namespace, String space, String build) {
  IndexOwner {
    requireNonNull(storeId, "storeId is null");
    requireNonNull(space, "space is null");
    requireNonNull(build, "build is null");
  }

  /** Names one frame of one file, as {@code docs/format/vector-index.md} says. */
  Digest frame(String file, FrameLayout layout, byte[] fileId, long frame) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      text(out, storeId);
      out.writeLong(namespace);
      text(out, space);
      out.write(HexFormat.of().parseHex(build));
      text(out, file);
      out.write(fileId);
      out.writeLong(layout.length());
      out.writeLong(frame);
      out.writeByte(frame == layout.frames() - 1 ? 1 : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Digest.of(bytes.toByteArray());
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }
}
