package io.aifs.server.file;

import io.aifs.server.file.RecordedNode.File;
import io.aifs.server.file.RecordedNode.Folder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Disk} in memory that knows at each step what a power cut may leave of it, and loses its
 * power when its {@link Timeline} says so.
 *
 * <p>Nothing is kept but what the contract of {@link Disk} promises. Of a file: what was synced,
 * and any sectors of what was appended since, over any length. Of a directory: each name on its own
 * in any state that it has had since the directory was synced, so a rename may be found done, not
 * done, with both names, or with neither; and a directory whose own name was never synced may be
 * gone with all that is in it.
 */
public final class RecordingDisk implements Disk {
  private final Timeline timeline;
  private final Random random;
  private final Folder root;

  /**
   * An empty disk.
   *
   * @param random draws what happens at a power cut
   */
  public RecordingDisk(Timeline timeline, Random random) {
    this(timeline, random, new Folder());
  }

  private RecordingDisk(Timeline timeline, Random random, Folder root) {
    this.timeline = timeline;
    this.random = random;
    this.root = root;
  }

  /** What one possible power cut at this moment leaves, all of it durable. */
  public synchronized RecordingDisk survivor() {
    return new RecordingDisk(
        timeline, random, root.survivor(new Survival(random), new IdentityHashMap<>()));
  }

  @Override
  public synchronized AppendFile create(String name) throws IOException {
    List<String> segments = DiskName.segments(name);
    if (find(name) != null) {
      throw new FileAlreadyExistsException(name);
    }
    File file = new File();
    step(() -> "create " + name, () -> makeFolder(segments).put(segments.getLast(), file));
    return new Appending(name, file);
  }

  @Override
  public synchronized AppendFile reopen(String name, long length) throws IOException {
    File file = file(name);
    if (file.length() < length) {
      throw new IOException("file is shorter than " + length + " bytes: " + name);
    }
    if (file.length() > length) {
      step(() -> "cut " + name + " to " + length + " bytes", () -> file.cut((int) length));
    }
    return new Appending(name, file);
  }

  @Override
  public synchronized ReadFile open(String name) throws IOException {
    timeline.requirePower(() -> "open " + name);
    return new Reading(name, file(name));
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    List<String> source = DiskName.segments(from);
    List<String> target = DiskName.segments(to);
    File file = file(from);
    step(
        () -> "rename " + from + " to " + to,
        () -> {
          makeFolder(source).remove(source.getLast());
          makeFolder(target).put(target.getLast(), file);
        });
  }

  @Override
  public synchronized boolean delete(String name) throws IOException {
    List<String> segments = DiskName.segments(name);
    RecordedNode node = find(name);
    if (node instanceof Folder) {
      throw new IOException("is a directory: " + name);
    }
    if (node == null) {
      timeline.requirePower(() -> "delete " + name);
      return false;
    }
    step(() -> "delete " + name, () -> makeFolder(segments).remove(segments.getLast()));
    return true;
  }

  @Override
  public synchronized boolean exists(String name) throws IOException {
    timeline.requirePower(() -> "exists " + name);
    return find(name) != null;
  }

  @Override
  public synchronized List<String> list(String directory) throws IOException {
    timeline.requirePower(() -> "list " + directory);
    return switch (find(directory)) {
      case null -> List.of();
      case Folder folder -> folder.list();
      case File _ -> throw new IOException("is not a directory: " + directory);
    };
  }

  @Override
  public synchronized void syncDirectory(String directory) throws IOException {
    if (!(find(directory) instanceof Folder folder)) {
      throw new NoSuchFileException(directory);
    }
    step(
        () -> "sync directory " + directory,
        () -> {
          folder.sync();
          Folder above = root;
          for (String segment : directory.isEmpty() ? List.<String>of() : segments(directory)) {
            above.sync(segment);
            above = folder(above, segment);
          }
        });
  }

  private void step(Supplier<String> what, Runnable change) throws PowerCutException {
    boolean cut = timeline.step(what);
    if (!cut || random.nextBoolean()) {
      change.run();
    }
    if (cut) {
      throw new PowerCutException(what.get());
    }
  }

  private static List<String> segments(String name) {
    return DiskName.segments(name);
  }

  private File file(String name) throws NoSuchFileException {
    DiskName.segments(name);
    if (find(name) instanceof File file) {
      return file;
    }
    throw new NoSuchFileException(name);
  }

  private @Nullable RecordedNode find(String name) {
    RecordedNode node = root;
    for (String segment : name.isEmpty() ? List.<String>of() : segments(name)) {
      node = node instanceof Folder folder ? folder.get(segment) : null;
    }
    return node;
  }

  /** The directory that holds the last of {@code segments}. */
  private Folder makeFolder(List<String> segments) {
    Folder folder = root;
    for (String segment : segments.subList(0, segments.size() - 1)) {
      if (folder.get(segment) == null) {
        folder.put(segment, new Folder());
      }
      folder = folder(folder, segment);
    }
    return folder;
  }

  private static Folder folder(Folder above, String segment) {
    if (above.get(segment) instanceof Folder folder) {
      return folder;
    }
    throw new IllegalStateException("is not a directory: " + segment);
  }

  private final class Appending implements AppendFile {
    private final String name;
    private final File file;
    private boolean closed;

    Appending(String name, File file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
      synchronized (RecordingDisk.this) {
        requireOpen();
        step(
            () -> "append " + length + " bytes to " + name,
            () -> file.append(bytes, offset, length));
      }
    }

    @Override
    public long length() {
      synchronized (RecordingDisk.this) {
        return file.length();
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (RecordingDisk.this) {
        requireOpen();
        step(() -> "sync " + name, file::sync);
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() throws IOException {
      if (closed) {
        throw new IOException("file is closed: " + name);
      }
    }
  }

  private final class Reading implements ReadFile {
    private final String name;
    private final File file;
    private volatile boolean closed;

    Reading(String name, File file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public long length() throws IOException {
      synchronized (RecordingDisk.this) {
        requireOpen();
        return file.length();
      }
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      synchronized (RecordingDisk.this) {
        requireOpen();
        return file.read(position, into, offset, length);
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() throws IOException {
      if (closed) {
        throw new IOException("file is closed: " + name);
      }
      timeline.requirePower(() -> "read " + name);
    }
  }
}
