package io.aifs.server.vector;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.SealBrokenException;
import io.aifs.crypto.SealContext;
import io.aifs.crypto.Sealed;
import io.aifs.server.file.Disk;
import io.aifs.vector.IndexDamagedException;
import io.aifs.vector.VectorFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files of one index, sealed in frames under the keys of its domain. A frame opens only in the
 * place for which it was sealed: in this file of this index, at this position, and nothing cut off
 * behind the last. A file is there whole or not at all. Thread-safe.
 */
final class SealedVectorFiles implements VectorFiles {
  /** Ends the name of a file that is not whole yet. */
  static final String UNFINISHED = "-new";

  private static final System.Logger LOG = System.getLogger(SealedVectorFiles.class.getName());
  private static final byte[] MAGIC = {'A', 'I', 'F', 'S', 'v', 'e', 'c', 1};
  private static final int FILE_ID_BYTES = 16;
  private static final int NO_CODEC = 0;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._]{0,127}");

  private final Disk disk;
  private final String directory;
  private final IndexOwner owner;
  private final DomainKeys keys;
  private final ChunkCipher cipher;
  private final RandomBytes random;
  private final RoomCheck room;

  /**
   * @param directory where the files lie, among those of other indexes of the space
   */
  SealedVectorFiles(
      Disk disk,
      String directory,
      IndexOwner owner,
      DomainKeys keys,
      ChunkCipher cipher,
      RandomBytes random,
      RoomCheck room) {
    this.disk = requireNonNull(disk, "disk is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.owner = requireNonNull(owner, "owner is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.cipher = requireNonNull(cipher, "cipher is null");
    this.random = requireNonNull(random, "random is null");
    this.room = requireNonNull(room, "room is null");
  }

  private String prefix() {
    return owner.build() + "-";
  }

  private String path(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a file of an index: " + name);
    }
    return directory + "/" + prefix() + name;
  }

  @Override
  public List<String> list() throws IOException {
    return disk.list(directory).stream()
        .filter(name -> name.startsWith(prefix()) && !name.endsWith(UNFINISHED))
        .map(name -> name.substring(prefix().length()))
        .toList();
  }

  @Override
  public void read(String name, Target target) throws IOException {
    try (Disk.ReadFile file = disk.open(path(name))) {
      byte[] header = new byte[FrameLayout.HEADER_BYTES];
      if (file.read(0, header, 0, header.length) < header.length
          || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new IndexDamagedException(path(name) + " is no sealed file of a vector index");
      }
      long length = ByteBuffer.wrap(header).getLong(MAGIC.length);
      if (length < 0 || length > FrameLayout.LENGTH_MAX) {
        throw new IndexDamagedException(path(name) + " says that it is " + length + " bytes long");
      }
      FrameLayout layout = new FrameLayout(length);
      if (file.length() != layout.sizeAtRest()) {
        throw new IndexDamagedException(
            path(name) + " has " + file.length() + " bytes, not " + layout.sizeAtRest());
      }
      byte[] fileId = Arrays.copyOfRange(header, header.length - FILE_ID_BYTES, header.length);
      for (long frame = 0; frame < layout.frames(); frame++) {
        byte[] plain = open(file, name, layout, fileId, frame);
        target.accept(plain, 0, plain.length);
      }
    } catch (NoSuchFileException e) {
      FileNotFoundException missing = new FileNotFoundException(path(name));
      missing.initCause(e);
      throw missing;
    }
  }

  private byte[] open(
      Disk.ReadFile file, String name, FrameLayout layout, byte[] fileId, long frame)
      throws IOException {
    byte[] sealed = new byte[layout.plainBytes(frame) + FrameLayout.FRAME_OVERHEAD_BYTES];
    if (file.read(layout.position(frame), sealed, 0, sealed.length) < sealed.length) {
      throw new IndexDamagedException(path(name) + " ends in frame " + frame);
    }
    int epoch = ByteBuffer.wrap(sealed).getInt();
    try {
      return cipher.open(
          keys,
          context(name, layout, fileId, frame),
          epoch,
          Arrays.copyOfRange(sealed, Integer.BYTES, sealed.length));
    } catch (SealBrokenException e) {
      throw new IndexDamagedException(
          path(name) + " is damaged in frame " + frame + ": " + e.getMessage(), e);
    }
  }

  private SealContext context(String name, FrameLayout layout, byte[] fileId, long frame) {
    return new SealContext(
        keys.domain(),
        RecordType.VECTOR_FRAME,
        keys.storedId(RecordType.VECTOR_FRAME, owner.frame(name, layout, fileId, frame)),
        layout.plainBytes(frame),
        NO_CODEC);
  }

  @Override
  public void write(String name, long length, Source source) throws IOException {
    room.requireRoom();
    String unfinished = path(name) + UNFINISHED;
    disk.delete(unfinished); // a crash may have left one
    boolean whole = false;
    try {
      try (Disk.AppendFile file = disk.create(unfinished)) {
        writeFrames(file, name, new FrameLayout(length), source);
        file.sync();
      }
      disk.rename(unfinished, path(name));
      whole = true;
    } finally {
      if (!whole) {
        removeUnfinished(unfinished);
      }
    }
    disk.syncDirectory(directory);
  }

  private void writeFrames(Disk.AppendFile file, String name, FrameLayout layout, Source source)
      throws IOException {
    byte[] fileId = random.next(FILE_ID_BYTES);
    byte[] header =
        ByteBuffer.allocate(FrameLayout.HEADER_BYTES)
            .put(MAGIC)
            .putLong(layout.length())
            .put(fileId)
            .array();
    file.append(header, 0, header.length);
    byte[] plain = new byte[layout.plainBytes(0)];
    for (long frame = 0; frame < layout.frames(); frame++) {
      int count = layout.plainBytes(frame);
      source.next(plain, count);
      Sealed sealed = cipher.seal(keys, context(name, layout, fileId, frame), plain, 0, count);
      file.append(ByteBuffer.allocate(Integer.BYTES).putInt(sealed.epoch()).array(), 0, 4);
      file.append(sealed.payload(), 0, sealed.payload().length);
    }
  }

  /** What failed before is what its caller hears of. */
  private void removeUnfinished(String unfinished) {
    try {
      disk.delete(unfinished);
    } catch (IOException _) {
      // it is deleted when the folder is next looked at
    }
  }

  /**
   * Not synced: a name that comes back is not part of any commit. So one that cannot be removed now
   * is no reason for an index to fail: it removes what it does not know when it is next opened.
   */
  @Override
  public void delete(String name) {
    try {
      disk.delete(path(name));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, path(name) + " was not deleted: " + e.getMessage());
    }
  }

  @Override
  public long sizeAtRest(String name) throws IOException {
    try (Disk.ReadFile file = disk.open(path(name))) {
      return file.length();
    } catch (NoSuchFileException _) {
      return 0;
    }
  }
}
