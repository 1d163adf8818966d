package io.aifs.server.pack;

/**
 * How a {@link PackStore} lays out packs and reads them.
 *
 * @param packBytesMax a pack is sealed before its file, index included, would exceed this; only a
 *     pack of a single record may be longer
 * @param openFilesMax how many packs stay open for reading
 */
public record PackOptions(int packBytesMax, int openFilesMax) {
  public static final PackOptions DEFAULT = new PackOptions(PackFormat.PACK_BYTES_MAX, 64);

  public PackOptions {
    if (packBytesMax < PackFormat.HEADER_BYTES || packBytesMax > PackFormat.PACK_BYTES_MAX) {
      throw new IllegalArgumentException(
          "packBytesMax is outside "
              + PackFormat.HEADER_BYTES
              + ".."
              + PackFormat.PACK_BYTES_MAX
              + ": "
              + packBytesMax);
    }
    if (openFilesMax < 1) {
      throw new IllegalArgumentException("openFilesMax is below 1: " + openFilesMax);
    }
  }
}
