package io.aifs.server.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.DomainId;
import io.aifs.server.model.PackId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The first {@link PackFormat#HEADER_BYTES} of a pack. */
record PackHeader(PackId pack, DomainId domain, long createdAtMillis, PackHeaderInfo keys) {
  private static final int VERSION_AT = 8;
  private static final int PACK_AT = 12;
  private static final int DOMAIN_AT = 28;
  private static final int CREATED_AT = 44;
  private static final int EPOCH_AT = 52;
  private static final int KEK_LENGTH_AT = 56;
  private static final int KEK_AT = 58;
  private static final int CRC_AT = PackFormat.HEADER_BYTES - PackFormat.CRC_BYTES;

  byte[] encode() {
    byte[] out = new byte[PackFormat.HEADER_BYTES];
    byte[] magic = PackFormat.headerMagic();
    System.arraycopy(magic, 0, out, 0, magic.length);
    PackFormat.putShort(out, VERSION_AT, PackFormat.VERSION);
    System.arraycopy(pack.toBytes(), 0, out, PACK_AT, 16);
    System.arraycopy(domain.toBytes(), 0, out, DOMAIN_AT, DomainId.BYTES);
    PackFormat.putLong(out, CREATED_AT, createdAtMillis);
    PackFormat.putInt(out, EPOCH_AT, keys.epoch());
    byte[] kek = keys.kekId().getBytes(UTF_8);
    PackFormat.putShort(out, KEK_LENGTH_AT, kek.length);
    System.arraycopy(kek, 0, out, KEK_AT, kek.length);
    PackFormat.putCrc(out, 0, CRC_AT);
    return out;
  }

  /**
   * The header in {@code bytes}, or null if they are not one.
   *
   * @throws AifsException.Unsupported if a later program wrote it
   */
  static @Nullable PackHeader decode(byte[] bytes) {
    byte[] magic = PackFormat.headerMagic();
    if (bytes.length < PackFormat.HEADER_BYTES
        || !Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length)
        || !PackFormat.crcHolds(bytes, 0, CRC_AT)) {
      return null;
    }
    PackId pack = PackId.fromBytes(Arrays.copyOfRange(bytes, PACK_AT, PACK_AT + 16));
    requireVersion(pack, PackFormat.getShort(bytes, VERSION_AT));
    int kekLength = PackFormat.getShort(bytes, KEK_LENGTH_AT);
    int epoch = PackFormat.getInt(bytes, EPOCH_AT);
    if (kekLength > PackFormat.KEK_ID_BYTES_MAX || epoch < 0) {
      return null;
    }
    return new PackHeader(
        pack,
        DomainId.fromBytes(Arrays.copyOfRange(bytes, DOMAIN_AT, DOMAIN_AT + DomainId.BYTES)),
        PackFormat.getLong(bytes, CREATED_AT),
        new PackHeaderInfo(epoch, new String(bytes, KEK_AT, kekLength, UTF_8)));
  }

  /** Refuses what a later program wrote: it would be misread as damage. */
  static void requireVersion(PackId pack, int version) {
    if (version > PackFormat.VERSION) {
      throw new AifsException.Unsupported(
          Reason.FORMAT_NEWER,
          "pack "
              + pack
              + " has format version "
              + version
              + ", this program reads up to "
              + PackFormat.VERSION,
          "Use the version of aifs that wrote it, or a later one.");
    }
  }
}
