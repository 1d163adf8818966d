package io.aifs.server.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link Disk} over a directory of the operating system's file system. Thread-safe. */
public final class LocalDisk implements Disk {
  static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Not virtual ones, whose carriers a sync would hold up. */
  private static final Thread.Builder WRITE_OUT =
      Thread.ofPlatform().daemon().name("aifs-write-out");

  private final Path root;

  /** Directories whose own name is durable: synced once, for good, as nothing here removes one. */
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  /**
   * Makes {@code root} if it is absent, with mode 0700; nothing is opened and nothing kept open.
   *
   * @param root the data directory
   */
  public LocalDisk(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    if (!Files.isDirectory(this.root)) {
      Path existing = this.root.getParent();
      while (existing != null && !Files.isDirectory(existing)) {
        existing = existing.getParent();
      }
      Files.createDirectories(this.root, PRIVATE_DIRECTORY);
      syncAbove(this.root, existing);
    }
  }

  @Override
  public AppendFile create(String name) throws IOException {
    Path path = path(name);
    Files.createDirectories(path.getParent(), PRIVATE_DIRECTORY);
    Files.createFile(path, PRIVATE_FILE);
    // A stream and not a channel: an interrupt of the thread would close a channel for everyone.
    return new LocalAppendFile(new FileOutputStream(path.toFile(), true), WRITE_OUT::start);
  }

  @Override
  public AppendFile reopen(String name, long length) throws IOException {
    Path path = path(name);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      if (channel.size() < length) {
        throw new IOException(name + " is shorter than " + length + " bytes: " + channel.size());
      }
      if (channel.size() > length) {
        channel.truncate(length);
        channel.force(true);
      }
    }
    return new LocalAppendFile(new FileOutputStream(path.toFile(), true), WRITE_OUT::start, length);
  }

  @Override
  public ReadFile open(String name) throws IOException {
    return new LocalReadFile(path(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Path target = path(to);
    Files.createDirectories(target.getParent(), PRIVATE_DIRECTORY);
    Files.move(path(from), target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public boolean delete(String name) throws IOException {
    Path path = path(name);
    if (Files.isDirectory(path)) {
      throw new IOException("is a directory: " + name);
    }
    return Files.deleteIfExists(path);
  }

  @Override
  public boolean exists(String name) {
    return Files.exists(path(name));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(path(directory))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (NotDirectoryException e) {
      throw new IOException("is not a directory: " + directory, e);
    }
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    Path path = path(directory);
    sync(path);
    if (!path.equals(root)) {
      syncAbove(path, root);
    }
  }

  /** Makes the names of {@code directory} and of those above it durable, up to {@code top}'s. */
  private void syncAbove(Path directory, @Nullable Path top) throws IOException {
    Path named = directory;
    Path above = named.getParent();
    while (above != null && !named.equals(top) && !durable.contains(named)) {
      sync(above);
      durable.add(named);
      named = above;
      above = named.getParent();
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The data directory itself is the empty name. */
  private Path path(String name) {
    Path path = root;
    if (!name.isEmpty()) {
      for (String segment : DiskName.segments(name)) {
        path = path.resolve(segment);
      }
    }
    return path;
  }
}
