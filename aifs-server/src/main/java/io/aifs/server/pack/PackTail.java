package io.aifs.server.pack;

import static io.aifs.server.pack.PackFormat.FOOTER_BYTES;
import static io.aifs.server.pack.PackFormat.HEADER_BYTES;

import io.aifs.server.file.Disk.ReadFile;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Index and footer of a sealed pack, or what is wrong with them.
 *
 * @param index the records in order of position; null if it cannot be used
 * @param recordsEnd where the records end; {@link #UNKNOWN} if the footer cannot tell
 */
record PackTail(@Nullable List<IndexEntry> index, long recordsEnd, List<PackDamage> damage) {
  static final long UNKNOWN = -1;

  /** What one read brings: with records of usual size this holds the whole index. */
  private static final int TAIL_BYTES = 64 << 10;

  /**
   * @param end the pack's length, which the file has
   */
  static PackTail read(ReadFile file, PackId pack, long end) throws IOException {
    if (end < FOOTER_BYTES) {
      return noFooter(pack, end, "footer is missing");
    }
    byte[] tail = new byte[(int) Math.min(TAIL_BYTES, end)];
    if (!fill(file, end - tail.length, tail, tail.length)) {
      tail = new byte[FOOTER_BYTES]; // what cannot be read may be in front of it
      if (!fill(file, end - tail.length, tail, tail.length)) {
        return noFooter(pack, end, "footer cannot be read");
      }
    }
    PackFooter footer = PackFooter.read(tail, tail.length - FOOTER_BYTES);
    if (footer == null) {
      return noFooter(pack, end, "footer is damaged");
    }
    long indexBytes = end - FOOTER_BYTES - footer.indexOffset();
    if (!footer.pack().equals(pack)
        || footer.indexOffset() < HEADER_BYTES
        || indexBytes > PackFormat.PACK_BYTES_MAX
        || PackFormat.bases(footer.version(), footer.count(), indexBytes) < 0) {
      return noFooter(pack, end, "footer belongs to another pack or length: " + footer);
    }
    byte[] block = new byte[(int) indexBytes];
    int inTail = (int) Math.min(indexBytes, tail.length - FOOTER_BYTES);
    System.arraycopy(
        tail, tail.length - FOOTER_BYTES - inTail, block, block.length - inTail, inTail);
    List<IndexEntry> index = null;
    if (fill(file, footer.indexOffset(), block, block.length - inTail)) {
      index = IndexBlock.read(footer.version(), block, footer.count(), footer.indexOffset());
    }
    return new PackTail(
        index,
        footer.indexOffset(),
        index == null
            ? List.of(new PackDamage(pack, footer.indexOffset(), indexBytes, "index is damaged"))
            : List.of());
  }

  private static PackTail noFooter(PackId pack, long end, String detail) {
    long position = Math.max(0, end - FOOTER_BYTES);
    return new PackTail(
        null, UNKNOWN, List.of(new PackDamage(pack, position, end - position, detail)));
  }

  /** Fills {@code into[0..length)}; false if the disk cannot. */
  private static boolean fill(ReadFile file, long position, byte[] into, int length)
      throws IOException {
    try {
      return length == 0 || file.read(position, into, 0, length) == length;
    } catch (ClosedChannelException e) {
      throw e; // the reader was ended, the disk is not bad
    } catch (IOException _) {
      Arrays.fill(into, 0, length, (byte) 0);
      return false;
    }
  }
}
