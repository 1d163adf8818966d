package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.nitram509.jmacaroons.CaveatPacket;
import com.github.nitram509.jmacaroons.MacaroonsSerializer;
import com.github.nitram509.jmacaroons.MacaroonsVerifier;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A bearer token that its holder can narrow without asking anyone: an identifier and caveats,
 * chained by HMAC-SHA-256 from a root key. The encoding is libmacaroons' version 2 in URL-safe
 * base64 without padding, so that other macaroon libraries read and narrow it.
 *
 * <p>What a caveat means is not decided here, and a good signature alone allows nothing: the caller
 * must check every caveat. Third-party caveats are refused. Immutable; {@link #toString} does not
 * show the token.
 */
public final class Macaroon {
  public static final int TEXT_CHARS_MAX = 16_384;
  public static final int CAVEATS_MAX = 256;
  private static final int FIELD_BYTES_MAX = 8_192;
  private static final int ID_DIGITS = 32;
  private static final byte[] KEY_GENERATOR = "macaroons-key-generator".getBytes(UTF_8);

  private final com.github.nitram509.jmacaroons.Macaroon inner;
  private final List<String> caveats;

  private Macaroon(com.github.nitram509.jmacaroons.Macaroon inner) {
    this.inner = inner;
    this.caveats =
        Arrays.stream(inner.caveatPackets).map(packet -> utf8(packet.getRawValue())).toList();
  }

  /**
   * Makes a token.
   *
   * @param rootKey at least 32 bytes, known to the verifier only
   * @param identifier public text that tells the verifier which root key it was, and which token
   * @param location public text that says where the token is for; not signed
   * @throws IllegalArgumentException if something is empty or too long
   */
  public static Macaroon mint(
      byte[] rootKey, String identifier, String location, List<String> caveats) {
    if (rootKey.length < 32) {
      throw new IllegalArgumentException("rootKey is shorter than 32 bytes: " + rootKey.length);
    }
    requireField(identifier, "identifier");
    requireField(location, "location");
    Macaroon macaroon =
        new Macaroon(
            com.github.nitram509.jmacaroons.Macaroon.create(location, rootKey, identifier));
    for (String caveat : caveats) {
      macaroon = macaroon.attenuate(caveat);
    }
    return macaroon;
  }

  /** This token narrowed by one more caveat. Needs no key. */
  public Macaroon attenuate(String caveat) {
    requireField(caveat, "caveat");
    if (caveats.size() == CAVEATS_MAX) {
      throw new IllegalArgumentException("token has " + CAVEATS_MAX + " caveats already");
    }
    return new Macaroon(
            com.github.nitram509.jmacaroons.Macaroon.builder(inner).addCaveat(caveat).build())
        .requireShort();
  }

  /** The token as text: what its holder keeps secret and sends. */
  public String serialize() {
    return inner.serialize(MacaroonsSerializer.V2);
  }

  /**
   * Reads {@link #serialize}'s text. Says nothing about the signature.
   *
   * @throws IllegalArgumentException if the text is not exactly one token of ours or is too long
   */
  public static Macaroon parse(String text) {
    if (text.length() > TEXT_CHARS_MAX) {
      throw new IllegalArgumentException(
          "token is longer than " + TEXT_CHARS_MAX + " characters: " + text.length());
    }
    com.github.nitram509.jmacaroons.Macaroon inner;
    try {
      inner = com.github.nitram509.jmacaroons.Macaroon.deserialize(text, MacaroonsSerializer.V2);
    } catch (RuntimeException _) {
      throw new IllegalArgumentException("token does not parse");
    }
    if (inner.caveatPackets.length > CAVEATS_MAX) {
      throw new IllegalArgumentException("token has more than " + CAVEATS_MAX + " caveats");
    }
    for (CaveatPacket packet : inner.caveatPackets) {
      if (packet.getType() != CaveatPacket.Type.cid) {
        throw new IllegalArgumentException("token has a third-party caveat");
      }
    }
    Macaroon macaroon = new Macaroon(inner);
    if (!macaroon.serialize().equals(text)) { // one token, one text: nothing can hide in it
      throw new IllegalArgumentException("token is not in canonical form");
    }
    return macaroon;
  }

  public String identifier() {
    return inner.identifier;
  }

  /** Where the token says it is for; anybody can have changed it. */
  public String location() {
    return inner.location;
  }

  /** In the order they were added. */
  public List<String> caveats() {
    return caveats;
  }

  /**
   * Whether this token, with exactly these caveats, descends from one minted with {@code rootKey}.
   * The comparison takes the same time for any wrong signature.
   */
  public boolean verifySignature(byte[] rootKey) {
    return new MacaroonsVerifier(inner).satisfyGeneral(_ -> true).isValid(rootKey);
  }

  /**
   * Names exactly this token: the first 32 hexadecimal digits of the BLAKE3 digest of its
   * signature. Not a secret, as nobody can find the signature from it.
   */
  public String id() {
    return idOf(signature());
  }

  /**
   * The ids of all tokens that this one was attenuated from, from the one without caveats to its
   * own: one more than there are caveats. Empty if the signature is not right, as {@link
   * #verifySignature} says, in the same time for any wrong one.
   */
  public Optional<List<String>> lineage(byte[] rootKey) {
    List<byte[]> signatures = new ArrayList<>();
    byte[] signature = hmac(hmac(KEY_GENERATOR, rootKey), identifier().getBytes(UTF_8));
    signatures.add(signature);
    for (String caveat : caveats) {
      signature = hmac(signature, caveat.getBytes(UTF_8));
      signatures.add(signature);
    }
    return MessageDigest.isEqual(signature, signature())
        ? Optional.of(signatures.stream().map(Macaroon::idOf).toList())
        : Optional.empty();
  }

  private byte[] signature() {
    return HexFormat.of().parseHex(inner.signature);
  }

  private static String idOf(byte[] signature) {
    return Digest.of(signature).hex().substring(0, ID_DIGITS);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Macaroon[" + identifier() + ", " + caveats.size() + " caveats]";
  }

  private Macaroon requireShort() {
    if (serialize().length() > TEXT_CHARS_MAX) {
      throw new IllegalArgumentException("token is longer than " + TEXT_CHARS_MAX + " characters");
    }
    return this;
  }

  private static void requireField(String field, String what) {
    int bytes = field.getBytes(UTF_8).length;
    if (bytes < 1 || bytes > FIELD_BYTES_MAX) {
      throw new IllegalArgumentException(what + " is outside 1.." + FIELD_BYTES_MAX + " bytes");
    }
    if (!new String(field.getBytes(UTF_8), UTF_8).equals(field)) {
      throw new IllegalArgumentException(what + " is not valid Unicode");
    }
  }

  private static String utf8(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException("token has a caveat that is not UTF-8");
    }
  }
}
