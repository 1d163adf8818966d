package io.aifs.cli.quickstart;

import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.DiskSpace;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.IgnoreRules;
import io.aifs.cli.transfer.TreeSize;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Whether a tour fits on the disk: better known before it than in the middle of it. */
public final class Room {
  /** The store, should nothing compress, and the two copies that come out of it. */
  private static final int TIMES_WRITTEN = 3;

  /** What a file takes beside its bytes: the rest of its last block, or its rows in the catalog. */
  private static final long ENTRY_BYTES = 4L << 10;

  /** A store with hardly anything in it, and the changed parts of a file. */
  private static final long STORE_BYTES = 16L << 20;

  private final DiskSpace disk;

  public Room(DiskSpace disk) {
    this.disk = disk;
  }

  /**
   * @param parent the directory that everything would go below
   * @throws AifsException.LimitExceeded if a tour with {@code source} may not fit there
   */
  public void require(Path source, IgnoreRules rules, Path parent) throws IOException {
    OptionalLong free = disk.freeBytes(parent);
    TreeSize size = TreeSize.of(source, rules);
    long needed = bytesNeeded(size);
    if (free.isPresent() && free.getAsLong() < needed) {
      throw new AifsException.LimitExceeded(
          Reason.DISK_FULL,
          ("the tour may need %s in %s, and %s are free there:"
                  + " %s holds %s, which are written %d times")
              .formatted(
                  Sizes.bytes(needed),
                  Printable.of(parent.toString()),
                  Sizes.bytes(free.getAsLong()),
                  Printable.of(source.toString()),
                  Sizes.bytes(size.bytes()),
                  TIMES_WRITTEN),
          "make room there, name a directory on a larger disk with --in DIR, or take a smaller"
              + " directory; nothing was written");
    }
  }

  static long bytesNeeded(TreeSize size) {
    return STORE_BYTES + TIMES_WRITTEN * (size.bytes() + ENTRY_BYTES * size.entries());
  }
}
