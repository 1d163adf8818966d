package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.crypto.Macaroon;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;

/** Tokens as someone without any key may change them. */
final class TokenBytes {
  private static final int SIGNATURE_FIELD_BYTES = 34;

  private TokenBytes() {}

  /** With one more caveat before the end of caveats, and the signature as it was. */
  static String withCaveatAppended(String token, String caveat) {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    int end = bytes.length - SIGNATURE_FIELD_BYTES - 1; // the empty field that ends the caveats
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, end);
    out.writeBytes(field(caveat));
    out.write(bytes, end, bytes.length - end);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
  }

  /** Without its last caveat, and the signature as it was. */
  static String withoutLastCaveat(String token) {
    List<String> caveats = Macaroon.parse(token).caveats();
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    int end = bytes.length - SIGNATURE_FIELD_BYTES - 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, end - field(caveats.getLast()).length);
    out.write(bytes, end, bytes.length - end);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
  }

  private static byte[] field(String caveat) {
    byte[] text = caveat.getBytes(UTF_8);
    byte[] field = new byte[text.length + 3];
    field[0] = 2; // an identifier, its length, and the end of the caveat
    field[1] = (byte) text.length;
    System.arraycopy(text, 0, field, 2, text.length);
    return field;
  }

  /** The location is a hint that no macaroon signs. */
  static boolean isInLocation(byte[] token, int at) {
    return at >= 3 && at < 3 + token[2];
  }
}
