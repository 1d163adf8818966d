package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One end of an association. Its text form is {@code asset:<64 hex digits>}, {@code snap:<32 hex
 * digits>}, {@code ref:<name>}, or {@code scheme:rest} for what AIFS does not hold. Its bytes are a
 * kind (1 to 4) and then what the kind has; they sort all ids of one kind together.
 */
public sealed interface ObjectId extends Comparable<ObjectId> {
  /** An asset of the namespace. */
  record Asset(Digest id) implements ObjectId {
    public Asset {
      requireNonNull(id, "id is null");
    }

    @Override
    public String toString() {
      return ASSET + id.hex();
    }
  }

  /** A snapshot of the namespace. */
  record Snapshot(SnapshotId id) implements ObjectId {
    public Snapshot {
      requireNonNull(id, "id is null");
    }

    @Override
    public String toString() {
      return SNAPSHOT + id.hex();
    }
  }

  /** A branch or a tag by its name, wherever it stands. */
  record Ref(Name name) implements ObjectId {
    public Ref {
      requireNonNull(name, "name is null");
    }

    @Override
    public String toString() {
      return REF + name;
    }
  }

  /** Something outside, such as {@code run:812} or {@code git:1a2b3c}; never checked. */
  record External(String text) implements ObjectId {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,31}");
    private static final Pattern RESERVED = Pattern.compile("asset|snap|ref|aifs|aifs-snap");

    public External {
      requireNonNull(text, "text is null");
      if (text.length() > Limits.EXTERNAL_ID_BYTES_MAX
          || text.getBytes(StandardCharsets.UTF_8).length > Limits.EXTERNAL_ID_BYTES_MAX) {
        throw new IllegalArgumentException(
            "external id is over " + Limits.EXTERNAL_ID_BYTES_MAX + " bytes");
      }
      int colon = text.indexOf(':');
      if (colon < 0 || !SCHEME.matcher(text.substring(0, colon)).matches()) {
        throw new IllegalArgumentException(
            "id has no scheme in front, as in asset:<id>, snap:<id>, ref:<name> or run:<rest>: "
                + Unicode.shown(text));
      }
      if (RESERVED.matcher(text.substring(0, colon)).matches()) {
        throw new IllegalArgumentException(
            "scheme is not for external ids: " + text.substring(0, colon));
      }
      if (colon + 1 == text.length()) {
        throw new IllegalArgumentException("nothing follows the scheme: " + text);
      }
      if (!Unicode.isWellFormed(text) || text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "external id has control characters or is not valid Unicode: " + Unicode.shown(text));
      }
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** In front of ids of the three kinds that are not external. */
  String ASSET = "asset:";

  String SNAPSHOT = "snap:";
  String REF = "ref:";

  /**
   * Reads the text form. Ids in hex are also read without what stands in front.
   *
   * @throws IllegalArgumentException if it is no id, saying what is wrong
   */
  static ObjectId parse(String text) {
    if (text.startsWith(ASSET)) {
      return new Asset(Digest.parse(text.substring(ASSET.length())));
    }
    if (text.startsWith(SNAPSHOT)) {
      return new Snapshot(new SnapshotId(text.substring(SNAPSHOT.length())));
    }
    if (text.startsWith(REF)) {
      return new Ref(new Name(text.substring(REF.length())));
    }
    if (text.matches("[0-9a-f]{64}")) {
      return new Asset(Digest.parse(text));
    }
    if (text.matches("[0-9a-f]{32}")) {
      return new Snapshot(new SnapshotId(text));
    }
    return new External(text);
  }

  /** The bytes that a catalog keeps. */
  default byte[] toBytes() {
    return switch (this) {
      case Asset(Digest id) -> {
        byte[] bytes = new byte[1 + Digest.BYTES];
        bytes[0] = 1;
        id.writeTo(bytes, 1);
        yield bytes;
      }
      case Snapshot(SnapshotId id) -> prefixed(2, HexFormat.of().parseHex(id.hex()));
      case Ref(Name name) -> prefixed(3, name.value().getBytes(StandardCharsets.UTF_8));
      case External(String text) -> prefixed(4, text.getBytes(StandardCharsets.UTF_8));
    };
  }

  private static byte[] prefixed(int kind, byte[] rest) {
    byte[] bytes = new byte[1 + rest.length];
    bytes[0] = (byte) kind;
    System.arraycopy(rest, 0, bytes, 1, rest.length);
    return bytes;
  }

  /**
   * Reads {@link #toBytes}; the bytes may be anything.
   *
   * @throws IllegalArgumentException if they are no id
   */
  static ObjectId fromBytes(byte[] bytes) {
    return switch (bytes.length == 0 ? 0 : bytes[0]) {
      case 1 -> {
        if (bytes.length != 1 + Digest.BYTES) {
          throw new IllegalArgumentException("asset id is " + (bytes.length - 1) + " bytes long");
        }
        yield new Asset(Digest.fromBytes(bytes, 1));
      }
      case 2 -> new Snapshot(new SnapshotId(HexFormat.of().formatHex(bytes, 1, bytes.length)));
      case 3 -> new Ref(new Name(utf8(bytes)));
      case 4 -> new External(utf8(bytes));
      default -> throw new IllegalArgumentException("id is of no known kind");
    };
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 1, bytes.length - 1))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("id is not UTF-8", e);
    }
  }

  /** In the order of the bytes. */
  @Override
  default int compareTo(ObjectId other) {
    return Arrays.compareUnsigned(toBytes(), other.toBytes());
  }
}
