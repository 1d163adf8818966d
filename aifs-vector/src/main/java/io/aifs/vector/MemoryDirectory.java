package io.aifs.vector;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.BaseDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.SingleInstanceLockFactory;

/**
 * Lucene's files: in memory to work on, and those of the last commit at rest too, behind {@link
 * VectorFiles}. What no commit names never goes there. A file at rest is read whole, and its
 * checksum verified, when it is first opened.
 */
final class MemoryDirectory extends BaseDirectory {
  private final VectorFiles files;
  private final TreeMap<String, NativeFile> inMemory = new TreeMap<>();
  private final Set<String> atRest;
  private final AtomicLong temporaries = new AtomicLong();

  private MemoryDirectory(VectorFiles files, Set<String> atRest) {
    super(new SingleInstanceLockFactory());
    this.files = files;
    this.atRest = atRest;
  }

  /**
   * With the newest commit at rest. Older ones, of which a crash may have left parts, are removed.
   */
  static MemoryDirectory open(VectorFiles files) throws IOException {
    Set<String> names = new HashSet<>(files.list());
    long newest = SegmentInfos.getLastCommitGeneration(names.toArray(String[]::new));
    for (String name : files.list()) {
      if (isCommit(name) && SegmentInfos.generationFromSegmentsFileName(name) != newest) {
        files.delete(name);
        names.remove(name);
      }
    }
    return new MemoryDirectory(files, names);
  }

  private static boolean isCommit(String name) {
    return name.startsWith(IndexFileNames.SEGMENTS);
  }

  @Override
  public synchronized String[] listAll() {
    ensureOpen();
    Set<String> names = new TreeSet<>(inMemory.keySet());
    names.addAll(atRest);
    return names.toArray(String[]::new);
  }

  @Override
  public synchronized void deleteFile(String name) throws IOException {
    ensureOpen();
    boolean known = atRest.contains(name) || inMemory.containsKey(name);
    if (!known) {
      throw new NoSuchFileException(name);
    }
    if (atRest.contains(name)) {
      files.delete(name);
      atRest.remove(name);
    }
    NativeFile file = inMemory.remove(name);
    if (file != null) {
      file.release();
    }
  }

  @Override
  public synchronized long fileLength(String name) throws IOException {
    ensureOpen();
    return loaded(name).length();
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    ensureOpen();
    synchronized (this) {
      if (inMemory.containsKey(name) || atRest.contains(name)) {
        throw new FileAlreadyExistsException(name);
      }
    }
    return new NativeOutput(name, file -> add(name, file));
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    return createOutput(getTempFileName(prefix, suffix, temporaries.getAndIncrement()), context);
  }

  private synchronized void add(String name, NativeFile file) {
    if (isOpen) {
      inMemory.put(name, file);
    } else {
      file.release();
    }
  }

  /** Nothing of a commit counts before the file that names it all: that is written by rename. */
  @Override
  public void sync(Collection<String> names) throws IOException {
    ensureOpen();
    for (String name : names) {
      if (!name.startsWith(IndexFileNames.PENDING_SEGMENTS)) {
        putToRest(name);
      }
    }
  }

  @Override
  public void syncMetaData() {
    ensureOpen(); // each file is durable, under its name, when it is written
  }

  @Override
  public void rename(String source, String target) throws IOException {
    ensureOpen();
    synchronized (this) {
      NativeFile file = inMemory.remove(source);
      if (file == null) {
        throw new NoSuchFileException(source);
      }
      inMemory.put(target, file);
    }
    putToRest(target);
  }

  private void putToRest(String name) throws IOException {
    try (IndexInput input = openInput(name, IOContext.READONCE)) {
      synchronized (this) {
        if (atRest.contains(name)) {
          return;
        }
      }
      files.write(name, input.length(), (buffer, length) -> input.readBytes(buffer, 0, length));
    }
    synchronized (this) {
      atRest.add(name);
    }
  }

  @Override
  public synchronized IndexInput openInput(String name, IOContext context) throws IOException {
    ensureOpen();
    return NativeInput.open(name, loaded(name));
  }

  private NativeFile loaded(String name) throws IOException {
    NativeFile known = inMemory.get(name);
    if (known != null) {
      return known;
    }
    if (!atRest.contains(name)) {
      throw new NoSuchFileException(name);
    }
    NativeFile file = load(name);
    inMemory.put(name, file);
    return file;
  }

  private NativeFile load(String name) throws IOException {
    GrowingMemory memory = new GrowingMemory();
    boolean complete = false;
    try {
      files.read(name, memory::append);
      complete = true;
    } catch (FileNotFoundException gone) {
      throw new IndexDamagedException("a file is gone: " + name, gone);
    } finally {
      if (!complete) {
        memory.discard();
      }
    }
    NativeFile file = memory.finish();
    complete = false;
    try (IndexInput input = NativeInput.open(name, file)) {
      CodecUtil.checksumEntireFile(input);
      complete = true;
      return file;
    } finally {
      if (!complete) {
        file.release();
      }
    }
  }

  /** Reads all that is at rest, and compares it with what is in memory. */
  void checkAtRest() throws IOException {
    Set<String> names;
    synchronized (this) {
      names = new TreeSet<>(atRest);
    }
    for (String name : names) {
      try (IndexInput input = openInput(name, IOContext.READONCE)) {
        compare(name, input);
      } catch (FileNotFoundException | NoSuchFileException gone) {
        if (isAtRest(name)) {
          throw new IndexDamagedException("a file is gone: " + name, gone);
        }
      }
    }
  }

  private synchronized boolean isAtRest(String name) {
    return atRest.contains(name);
  }

  private void compare(String name, IndexInput input) throws IOException {
    byte[] expected = new byte[1 << 13];
    files.read(
        name,
        (bytes, offset, length) -> {
          for (int at = 0; at < length; at += expected.length) {
            int part = Math.min(expected.length, length - at);
            if (input.length() - input.getFilePointer() < part) {
              throw new IndexDamagedException("a file is longer than it was written: " + name);
            }
            input.readBytes(expected, 0, part);
            if (MemorySegment.ofArray(expected)
                    .asSlice(0, part)
                    .mismatch(MemorySegment.ofArray(bytes).asSlice(offset + at, part))
                >= 0) {
              throw new IndexDamagedException("a file is not as it was written: " + name);
            }
          }
        });
    if (input.getFilePointer() != input.length()) {
      throw new IndexDamagedException("a file is shorter than it was written: " + name);
    }
  }

  /** Bytes of files in memory that are listed; what only an old reader holds is not in it. */
  synchronized long memoryBytes() {
    return inMemory.values().stream().mapToLong(NativeFile::length).sum();
  }

  long bytesAtRest() throws IOException {
    Set<String> names;
    synchronized (this) {
      names = new TreeSet<>(atRest);
    }
    long bytes = 0;
    for (String name : names) {
      bytes += files.sizeAtRest(name);
    }
    return bytes;
  }

  @Override
  public Set<String> getPendingDeletions() {
    return Set.of();
  }

  @Override
  public synchronized void close() {
    isOpen = false;
    inMemory.values().forEach(NativeFile::release);
    inMemory.clear();
  }
}
