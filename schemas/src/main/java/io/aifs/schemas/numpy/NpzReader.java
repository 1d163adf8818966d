package io.aifs.schemas.numpy;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The arrays of an npz file, a ZIP of npy files, one after the other. None is held in memory, and
 * none gives more than its header says. For one thread.
 */
public final class NpzReader implements AutoCloseable {
  /** Arrays of a file. */
  public static final int ENTRIES_MAX = 1 << 16;

  private static final String SUFFIX = ".npy";

  private final ByteSource source;
  private final ZipInputStream zip;
  private final Set<String> names = new HashSet<>();
  private long bytesLeft;
  private String place = "";
  private long entryBytesLeft;

  /**
   * @param bytesMax how many bytes of values all arrays together may have, which says what a file
   *     that was made to be huge when it is read may cost; deflate makes 1,032 bytes of one at most
   */
  public NpzReader(ByteSource source, long bytesMax) {
    this.source = source;
    this.zip = new ZipInputStream(new SourceStream(source, 0, source.size()));
    this.bytesLeft = bytesMax;
  }

  /**
   * An array.
   *
   * @param name of the entry without {@code .npy}
   * @param values {@code header.type().bytes()} bytes, to be read before the next array
   */
  public record Entry(String name, NpyHeader header, InputStream values) {}

  /**
   * The next array; what was not read of the one before is skipped, but looked at.
   *
   * @return empty behind the last
   * @throws PayloadInvalidException if there is something else
   */
  public Optional<Entry> next() throws PayloadInvalidException, IOException {
    try {
      finish();
      ZipEntry entry = zip.getNextEntry();
      if (entry == null) {
        place = "";
        ZipEnd.requireEntries(source, names.size());
        return Optional.empty();
      }
      return Optional.of(open(entry.getName()));
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw invalid(e);
    } catch (EntryException e) {
      throw e.invalid();
    }
  }

  private Entry open(String file) throws PayloadInvalidException, IOException {
    place = "entry '" + file + "'";
    if (!file.endsWith(SUFFIX)) {
      throw new PayloadInvalidException(place, "is no array, which are named *" + SUFFIX);
    }
    if (!names.add(file)) {
      throw new PayloadInvalidException(place, "is there twice");
    }
    if (names.size() > ENTRIES_MAX) {
      throw new PayloadInvalidException(place, "is one of over " + ENTRIES_MAX + " arrays");
    }
    NpyHeader header;
    try {
      header = NpyHeader.read(zip);
    } catch (PayloadInvalidException e) {
      throw new PayloadInvalidException(place, String.valueOf(e.getMessage()));
    }
    entryBytesLeft = header.type().bytes();
    if (entryBytesLeft > bytesLeft) {
      throw new PayloadInvalidException(
          place,
          "claims " + entryBytesLeft + " bytes of values, where " + bytesLeft + " are left to all");
    }
    bytesLeft -= entryBytesLeft;
    return new Entry(file.substring(0, file.length() - SUFFIX.length()), header, new Values());
  }

  /** Reads the rest of an array, so that it is known to be whole. */
  private void finish() throws IOException {
    if (!place.isEmpty()) {
      byte[] rest = new byte[8 << 10];
      while (entryBytesLeft > 0) {
        var _ = take(rest, 0, rest.length);
      }
      if (zip.read() >= 0) {
        throw new EntryException(place, "has more bytes than its header says");
      }
    }
  }

  private int take(byte[] into, int offset, int length) throws IOException {
    if (entryBytesLeft == 0) {
      return -1;
    }
    int count;
    try {
      count = zip.read(into, offset, (int) Math.min(length, entryBytesLeft));
    } catch (ZipException | EOFException e) {
      throw new EntryException(place, "is damaged: " + e.getMessage());
    }
    if (count < 0) {
      throw new EntryException(place, "ends " + entryBytesLeft + " bytes early");
    }
    entryBytesLeft -= count;
    return count;
  }

  private PayloadInvalidException invalid(Exception e) {
    return new PayloadInvalidException(
        place.isEmpty() ? "byte 0" : place,
        "the ZIP is damaged there or behind: " + e.getMessage());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /**
   * What is wrong with an array, out of the stream of its values: such a stream may only throw an
   * IOException.
   */
  public static final class EntryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String what;

    private EntryException(String place, String what) {
      super(place + ": " + what);
      this.place = place;
      this.what = what;
    }

    /** The same as one that may be thrown elsewhere. */
    public PayloadInvalidException invalid() {
      return new PayloadInvalidException(place, what);
    }
  }

  /** The values of the entry at hand; of no other. */
  private final class Values extends InputStream {
    private final String of = place;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (!of.equals(place)) {
        throw new IOException("values of " + of + " can be read no more, as the next were opened");
      }
      return length == 0 ? 0 : take(into, offset, length);
    }
  }
}
