package io.aifs.server.vector;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aifs.crypto.RandomBytes;
import io.aifs.server.file.Disk;
import io.aifs.vector.VectorFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is at rest of the index of one space: a mark that says which index counts, or that it was
 * dropped, and the files of that one. Files of others are left-overs. One thread at a time.
 */
public final class IndexFolder {
  private static final String MARK = "current";
  private static final String DROPPED = "dropped\n";
  private static final Pattern INDEX = Pattern.compile("index ([0-9a-f]{32})\n");
  private static final int MARK_BYTES_MAX = 64;
  private static final int BUILD_BYTES = 16;

  private final Disk disk;
  private final String directory;
  private final RandomBytes random;
  private final Function<String, VectorFiles> filesOfBuild;

  IndexFolder(
      Disk disk, String directory, RandomBytes random, Function<String, VectorFiles> filesOfBuild) {
    this.disk = disk;
    this.directory = directory;
    this.random = random;
    this.filesOfBuild = filesOfBuild;
  }

  /** What counts. */
  public sealed interface AtRest {
    /** No index, or a mark that cannot be read. */
    record Nothing() implements AtRest {}

    /** None, and there shall be none. */
    record Dropped() implements AtRest {}

    /** One that was built whole. */
    record Built(VectorFiles files) implements AtRest {}
  }

  /** Files of an index that does not count yet. */
  public final class Fresh {
    private final String build;
    private final VectorFiles files;

    private Fresh(String build) {
      this.build = build;
      this.files = filesOfBuild.apply(build);
    }

    public VectorFiles files() {
      return files;
    }

    /** Makes it the one that counts, durable on return, and deletes the one that did. */
    public void adopt() throws IOException {
      mark("index " + build + "\n");
      deleteAllBut(Optional.of(build));
    }

    /** Deletes it. */
    public void abandon() throws IOException {
      for (String name : disk.list(directory)) {
        if (name.startsWith(build)) {
          disk.delete(directory + "/" + name);
        }
      }
    }
  }

  /** Finds what counts, and deletes what does not. */
  public AtRest look() throws IOException {
    String mark = readMark();
    Matcher index = INDEX.matcher(mark);
    if (index.matches()) {
      deleteAllBut(Optional.of(index.group(1)));
      return new AtRest.Built(filesOfBuild.apply(index.group(1)));
    }
    deleteAllBut(Optional.empty());
    return mark.equals(DROPPED) ? new AtRest.Dropped() : new AtRest.Nothing();
  }

  /** The files of the index that counts, whatever else there is; changes nothing. */
  public Optional<VectorFiles> files() throws IOException {
    Matcher index = INDEX.matcher(readMark());
    return index.matches() ? Optional.of(filesOfBuild.apply(index.group(1))) : Optional.empty();
  }

  /** Files for a new index, beside those of the one that counts. */
  public Fresh begin() {
    return new Fresh(HexFormat.of().formatHex(random.next(BUILD_BYTES)));
  }

  /** Deletes the index, durable on return; there may be another. */
  public void discard() throws IOException {
    if (disk.delete(directory + "/" + MARK)) {
      disk.syncDirectory(directory);
    }
    deleteAllBut(Optional.empty());
  }

  /** Deletes the index, and notes that there shall be none: durable on return. */
  public void drop() throws IOException {
    mark(DROPPED);
    deleteAllBut(Optional.empty());
  }

  private String readMark() throws IOException {
    try (Disk.ReadFile file = disk.open(directory + "/" + MARK)) {
      byte[] bytes = new byte[MARK_BYTES_MAX];
      return new String(Arrays.copyOf(bytes, file.read(0, bytes, 0, bytes.length)), US_ASCII);
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  private void mark(String text) throws IOException {
    String mark = directory + "/" + MARK;
    disk.delete(mark + SealedVectorFiles.UNFINISHED);
    try (Disk.AppendFile file = disk.create(mark + SealedVectorFiles.UNFINISHED)) {
      byte[] bytes = text.getBytes(US_ASCII);
      file.append(bytes, 0, bytes.length);
      file.sync();
    }
    disk.rename(mark + SealedVectorFiles.UNFINISHED, mark);
    disk.syncDirectory(directory);
  }

  private void deleteAllBut(Optional<String> build) throws IOException {
    for (String name : disk.list(directory)) {
      boolean counts =
          name.equals(MARK)
              || (build.filter(name::startsWith).isPresent()
                  && !name.endsWith(SealedVectorFiles.UNFINISHED));
      if (!counts) {
        disk.delete(directory + "/" + name);
      }
    }
  }
}
