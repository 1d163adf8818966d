package io.aifs.cli.transfer;

import io.aifs.cli.statcache.FileStamp;
import io.aifs.core.model.FileAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a path.
 *
 * @param kind empty for what cannot be put: sockets, pipes, devices
 */
record LocalAttributes(Optional<Walked.Kind> kind, FileAttributes attributes, FileStamp stamp) {
  private static final String NAMES =
      "unix:mode,size,lastModifiedTime,ctime,ino,dev,isRegularFile,isDirectory,isSymbolicLink";
  private static final int MODE_BITS = 07777;

  /** Of the path itself; a symbolic link is not followed. */
  static LocalAttributes of(Path path) throws IOException {
    return read(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Of what the path leads to. */
  static LocalAttributes following(Path path) throws IOException {
    return read(path);
  }

  private static LocalAttributes read(Path path, LinkOption... options) throws IOException {
    Map<String, Object> values = Files.readAttributes(path, NAMES, options);
    int mode = (int) values.getOrDefault("mode", 0) & MODE_BITS;
    FileStamp stamp =
        new FileStamp(
            (long) values.getOrDefault("size", 0L),
            nanos(values, "lastModifiedTime"),
            nanos(values, "ctime"),
            (long) values.getOrDefault("ino", 0L),
            (long) values.getOrDefault("dev", 0L));
    return new LocalAttributes(kind(values), new FileAttributes(mode, stamp.mtimeNanos()), stamp);
  }

  private static long nanos(Map<String, Object> values, String name) {
    FileTime time = (FileTime) values.getOrDefault(name, FileTime.fromMillis(0));
    return time.to(TimeUnit.NANOSECONDS);
  }

  private static Optional<Walked.Kind> kind(Map<String, Object> values) {
    if (Boolean.TRUE.equals(values.get("isRegularFile"))) {
      return Optional.of(Walked.Kind.FILE);
    }
    if (Boolean.TRUE.equals(values.get("isDirectory"))) {
      return Optional.of(Walked.Kind.DIRECTORY);
    }
    return Boolean.TRUE.equals(values.get("isSymbolicLink"))
        ? Optional.of(Walked.Kind.SYMLINK)
        : Optional.empty();
  }

  /** Sets the time of the path itself, also of a symbolic link. */
  static void setMtime(Path path, long mtimeNanos) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(mtimeNanos, TimeUnit.NANOSECONDS), null, null);
  }

  /** Sets permission bits, following no link. */
  static void setMode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
  }
}
