package io.aifs.client.bundle;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.FileAttributes;
import io.aifs.schemas.ByteSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A local file that is imported, and how it was when that began. */
final class SourceFile implements AutoCloseable {
  private static final int PERMISSIONS = 0777;

  private final Path path;
  private final FileChannel channel;
  private final ByteSource source;
  private final FileAttributes attributes;

  private SourceFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.source = ByteSource.of(channel);
    this.attributes = attributes(path);
  }

  static SourceFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new SourceFile(path, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Permissions and time of what a path leads to. */
  static FileAttributes attributes(Path path) throws IOException {
    Map<String, Object> values = Files.readAttributes(path, "unix:mode,lastModifiedTime");
    int mode = (int) values.getOrDefault("mode", 0) & PERMISSIONS;
    FileTime time = (FileTime) values.getOrDefault("lastModifiedTime", FileTime.fromMillis(0));
    return new FileAttributes(mode, time.to(TimeUnit.NANOSECONDS));
  }

  Path path() {
    return path;
  }

  /** The content; several threads may read it. */
  ByteSource source() {
    return source;
  }

  FileAttributes attributes() {
    return attributes;
  }

  /**
   * Returns if nobody wrote to the file since, as far as its length and time tell.
   *
   * @throws AifsException.Failed otherwise
   */
  void requireUnchanged() throws IOException {
    if (channel.size() != source.size() || !attributes(path).equals(attributes)) {
      throw new AifsException.Failed(
          Reason.IO_FAILED,
          path + " changed while it was read, and nothing of it was imported",
          "import it again when nobody writes to it",
          null);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
