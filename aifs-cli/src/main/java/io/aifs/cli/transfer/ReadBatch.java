package io.aifs.cli.transfer;

import io.aifs.cli.output.Failure;
import io.aifs.client.FilePut;
import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A batch with its bytes in memory: what could be read, digested, and what turned out too large.
 */
final class ReadBatch {
  private final List<Item> items = new ArrayList<>();
  private final List<Walked> tooLarge = new ArrayList<>();
  private long bytes;

  /**
   * Something read.
   *
   * @param id empty for links and directories
   * @param settled whether it is a file that stayed as it was seen while it was read
   */
  record Item(Walked walked, FilePut.What what, Optional<Digest> id, boolean settled) {
    static Item nameOnly(Walked walked, FilePut.What what) {
      return new Item(walked, what, Optional.empty(), false);
    }

    long size() {
      return what instanceof FilePut.What.Data(byte[] data) ? data.length : 0;
    }
  }

  private ReadBatch() {}

  /** Reads everything; what cannot be read is told to {@code notices} and left out. */
  static ReadBatch read(List<Walked> entries, Notices notices) {
    ReadBatch batch = new ReadBatch();
    for (Walked entry : entries) {
      try {
        batch.add(entry, notices);
      } catch (IOException e) {
        notices.skipped(entry.source(), Failure.of(e).message());
      }
    }
    return batch;
  }

  private void add(Walked entry, Notices notices) throws IOException {
    switch (entry.kind()) {
      case DIRECTORY -> items.add(Item.nameOnly(entry, new FilePut.What.Directory()));
      case SYMLINK -> addSymlink(entry, notices);
      case FILE -> addFile(entry, notices);
    }
  }

  private void addSymlink(Walked entry, Notices notices) throws IOException {
    Path target = Files.readSymbolicLink(entry.source());
    if (!LocalName.isUtf8(target)) {
      notices.skipped(entry.source(), "what it links to is not UTF-8");
    } else {
      FilePut.What what = new FilePut.What.Symlink(target.toString());
      items.add(Item.nameOnly(entry, what));
    }
  }

  private void addFile(Walked entry, Notices notices) throws IOException {
    byte[] data;
    try (InputStream in = FileContent.openFile(entry.source())) {
      data = in.readNBytes(SmallBatch.FILE_BYTES_MAX + 1);
    }
    if (data.length > SmallBatch.FILE_BYTES_MAX || bytes + data.length > Limits.BATCH_BYTES_MAX) {
      tooLarge.add(entry);
      return;
    }
    boolean settled = ChangedFile.check(entry, data.length, notices);
    bytes += data.length;
    items.add(new Item(entry, new FilePut.What.Data(data), Optional.of(Digest.of(data)), settled));
  }

  List<Item> items() {
    return items;
  }

  /** Files that grew since they were seen, to be put on their own. */
  List<Walked> tooLarge() {
    return tooLarge;
  }

  Set<Digest> ids() {
    Set<Digest> ids = new LinkedHashSet<>();
    items.forEach(item -> item.id().ifPresent(ids::add));
    return ids;
  }
}
