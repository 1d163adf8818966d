package io.aifs.cli.transfer;

import io.aifs.core.model.FileAttributes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears under its name when it is complete and on disk, or not at all. It is written
 * under a temporary name in the same directory.
 */
final class AtomicFile implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private final TemporaryFiles temporaries;
  private final FileChannel channel;

  AtomicFile(Path target, TemporaryFiles temporaries) throws IOException {
    this.target = target;
    this.temporaries = temporaries;
    TemporaryFiles.Opened opened = temporaries.open(target.toAbsolutePath().resolveSibling(""));
    this.temporary = opened.path();
    this.channel = opened.channel();
  }

  /** The file under its temporary name. */
  Path temporary() {
    return temporary;
  }

  /** Where the content goes. */
  OutputStream out() {
    return Channels.newOutputStream(channel);
  }

  /**
   * Syncs the content, sets the attributes and gives the file its name.
   *
   * @param replace whether a file that is there may go; a link is replaced, never written through
   * @throws FileAlreadyExistsException if something is there and may not go
   */
  void commit(FileAttributes attributes, boolean replace) throws IOException {
    setAttributes(attributes);
    channel.force(true);
    channel.close();
    name(replace);
  }

  /** Ends the content and sets the attributes; the name waits until the content is on disk. */
  void complete(FileAttributes attributes) throws IOException {
    setAttributes(attributes);
    channel.close();
  }

  private void setAttributes(FileAttributes attributes) throws IOException {
    LocalAttributes.setMode(temporary, attributes.mode());
    LocalAttributes.setMtime(temporary, attributes.mtimeNanos());
  }

  /** Gives a complete file, which has been synced, its name; as {@link #commit} does. */
  void name(boolean replace) throws IOException {
    if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    temporaries.forget(temporary);
  }

  /** Gives up unless the file has its name: nothing is left. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      temporaries.delete(temporary);
    }
  }
}
