package io.aifs.server.pack;

import io.aifs.server.model.PackId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The last {@link PackFormat#FOOTER_BYTES} of a sealed pack: where its index is. */
record PackFooter(int version, PackId pack, long indexOffset, int count) {
  private static final int VERSION_AT = 8;
  private static final int PACK_AT = 12;
  private static final int INDEX_AT = 28;
  private static final int COUNT_AT = 36;
  private static final int CRC_AT = PackFormat.FOOTER_BYTES - PackFormat.CRC_BYTES;

  void writeTo(byte[] out, int offset) {
    byte[] magic = PackFormat.footerMagic();
    System.arraycopy(magic, 0, out, offset, magic.length);
    PackFormat.putShort(out, offset + VERSION_AT, version);
    PackFormat.putShort(out, offset + VERSION_AT + 2, 0);
    System.arraycopy(pack.toBytes(), 0, out, offset + PACK_AT, 16);
    PackFormat.putLong(out, offset + INDEX_AT, indexOffset);
    PackFormat.putInt(out, offset + COUNT_AT, count);
    PackFormat.putCrc(out, offset, CRC_AT);
  }

  /**
   * The footer at {@code offset}, or null if the bytes are not one.
   *
   * @throws io.aifs.core.AifsException.Unsupported if a later program wrote it
   */
  static @Nullable PackFooter read(byte[] in, int offset) {
    byte[] magic = PackFormat.footerMagic();
    if (!Arrays.equals(in, offset, offset + magic.length, magic, 0, magic.length)
        || !PackFormat.crcHolds(in, offset, CRC_AT)) {
      return null;
    }
    int packAt = offset + PACK_AT;
    PackId pack = PackId.fromBytes(Arrays.copyOfRange(in, packAt, packAt + 16));
    int version = PackFormat.getShort(in, offset + VERSION_AT);
    PackHeader.requireVersion(pack, version);
    return new PackFooter(
        version,
        pack,
        PackFormat.getLong(in, offset + INDEX_AT),
        PackFormat.getInt(in, offset + COUNT_AT));
  }
}
