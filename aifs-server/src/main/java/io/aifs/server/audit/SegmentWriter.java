package io.aifs.server.audit;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to the newest segment, and begins new ones. A line that could not be written whole
 * is cut off before the next. Not thread-safe.
 */
final class SegmentWriter {
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

  private final Disk disk;
  private final long segmentBytesMax;
  private @Nullable Segment segment;

  /** Bytes of the segment that are whole lines. */
  private long length;

  private Disk.@Nullable AppendFile file;
  private boolean unsynced;
  private final List<Disk.AppendFile> retired = new ArrayList<>();
  private boolean namesChanged;

  /**
   * What syncs failed for: it is tried again before anything counts as durable. Behind these ends
   * there may be a part of a line.
   */
  private final List<End> suspects = new ArrayList<>();

  /** Where the log ends. */
  record End(Optional<Segment> segment, long length) {}

  /**
   * What is to be synced.
   *
   * @param suspects what syncs failed for before
   * @param retired to be closed afterwards
   * @param names whether a segment was begun
   */
  record Unsynced(
      List<End> suspects,
      Optional<Disk.AppendFile> current,
      List<Disk.AppendFile> retired,
      boolean names) {
    /** Does it; what of it failed, if anything did. */
    Optional<IOException> sync(Disk disk) {
      Optional<IOException> failed = Optional.empty();
      for (Disk.AppendFile file : retired) {
        failed = failed.or(() -> syncAndClose(file));
      }
      try {
        for (End suspect : suspects) {
          sync(disk.reopen(suspect.segment().orElseThrow().name(), suspect.length()));
        }
        if (current.isPresent()) {
          current.get().sync();
        }
        if (names) {
          disk.syncDirectory(Segment.DIRECTORY);
        }
      } catch (IOException e) {
        return failed.or(() -> Optional.of(e));
      }
      return failed;
    }

    private static Optional<IOException> syncAndClose(Disk.AppendFile file) {
      try {
        sync(file);
        return Optional.empty();
      } catch (IOException e) {
        return Optional.of(e);
      }
    }

    private static void sync(Disk.AppendFile file) throws IOException {
      try (file) {
        file.sync();
      }
    }
  }

  /**
   * @param segmentBytesMax a longer one is not appended to
   */
  SegmentWriter(Disk disk, long segmentBytesMax, End end) {
    this.disk = disk;
    this.segmentBytesMax = segmentBytesMax;
    this.segment = end.segment().orElse(null);
    this.length = end.length();
  }

  /** Appends a line, which is the record with this number. */
  void append(byte[] line, long sequence) throws IOException {
    Disk.AppendFile open = ready(line.length, sequence);
    boolean whole = false;
    try {
      open.append(line, 0, line.length);
      length += line.length;
      unsynced = true;
      whole = true;
    } finally {
      if (!whole) {
        retire(); // opened anew, without the part of the line that may be there
      }
    }
  }

  private Disk.AppendFile ready(int bytes, long sequence) throws IOException {
    boolean full = length > 0 && length + bytes > segmentBytesMax;
    if (segment == null || full || (length == 0 && segment.first() != sequence)) {
      retire();
      Segment next = new Segment(sequence);
      file = disk.create(next.name());
      segment = next;
      length = 0;
      namesChanged = true;
    } else if (file == null) {
      file = disk.reopen(segment.name(), length);
    }
    return file;
  }

  /** The next line goes into a new segment: what a sync has failed for is not trusted again. */
  void abandon() {
    close();
    namesChanged = true; // perhaps it was that
    if (length > 0 && segment != null) {
      suspects.add(end());
      segment = null;
    }
  }

  /** All was synced. */
  void trust() {
    suspects.clear();
  }

  private void retire() {
    if (file != null) {
      retired.add(file);
      file = null;
    }
  }

  End end() {
    return segment == null && !suspects.isEmpty()
        ? suspects.getLast()
        : new End(Optional.ofNullable(segment), length);
  }

  /** Where the log ends, and segments in which there may be more than their lines. */
  List<End> ends() {
    List<End> ends = new ArrayList<>(suspects);
    ends.add(end());
    return ends;
  }

  /** Hands out what is to be synced; the caller does it, or says {@link #abandon}. */
  Unsynced takeUnsynced() {
    Unsynced all =
        new Unsynced(
            List.copyOf(suspects),
            unsynced ? Optional.ofNullable(file) : Optional.empty(),
            List.copyOf(retired),
            namesChanged);
    unsynced = false;
    retired.clear();
    namesChanged = false;
    return all;
  }

  /** Lets go of the files. That this fails says nothing that a sync has not said. */
  void close() {
    retire();
    for (Disk.AppendFile open : retired) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "a file of the audit log was not closed", e);
      }
    }
    retired.clear();
  }
}
