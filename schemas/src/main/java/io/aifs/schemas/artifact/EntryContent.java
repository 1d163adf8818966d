package io.aifs.schemas.artifact;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of one entry, inflated as it is read. Never gives more bytes than the entry says, and
 * says at the end whether it was all and its CRC-32 is right. Not thread-safe; to be closed.
 */
final class EntryContent implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 << 10;

  private final ByteSource source;
  private final EntryRecord entry;
  private final CRC32 crc = new CRC32();

  /** Only of what is deflated. */
  private final Optional<Inflater> inflater;

  private long at;
  private final long end;
  private long left;
  private boolean checked;

  EntryContent(ByteSource source, EntryRecord entry, long contentAt) {
    this.source = source;
    this.entry = entry;
    this.at = contentAt;
    this.end = contentAt + entry.storedBytes();
    this.left = entry.size();
    this.inflater = entry.deflated() ? Optional.of(new Inflater(true)) : Optional.empty();
  }

  /**
   * Reads some bytes.
   *
   * @return how many; -1 at the end, where all were right
   * @throws PayloadInvalidException if they were not
   */
  int read(byte[] into, int offset, int length) throws PayloadInvalidException, IOException {
    if (left == 0) {
      finish();
      return -1;
    }
    int wanted = (int) Math.min(length, left);
    int read =
        inflater.isPresent()
            ? inflate(inflater.get(), into, offset, wanted)
            : copy(into, offset, wanted);
    crc.update(into, offset, read);
    left -= read;
    return read;
  }

  private int copy(byte[] into, int offset, int wanted) throws IOException {
    int length = Math.min(wanted, BLOCK_BYTES);
    System.arraycopy(source.read(at, length), 0, into, offset, length);
    at += length;
    return length;
  }

  private int inflate(Inflater from, byte[] into, int offset, int wanted)
      throws PayloadInvalidException, IOException {
    try {
      while (true) {
        int inflated = from.inflate(into, offset, wanted);
        if (inflated > 0 || wanted == 0) {
          return inflated;
        }
        if (from.finished()) {
          throw entry.invalid("it inflates to " + left + " bytes less than its " + entry.size());
        }
        if (from.needsDictionary()) {
          throw entry.invalid("its deflated data needs a dictionary");
        }
        feed(from);
      }
    } catch (DataFormatException e) {
      throw entry.invalid("its deflated data is damaged: " + e.getMessage());
    }
  }

  private void feed(Inflater to) throws PayloadInvalidException, IOException {
    if (at == end) {
      throw entry.invalid("its deflated data ends before its end");
    }
    int length = (int) Math.min(BLOCK_BYTES, end - at);
    to.setInput(source.read(at, length));
    at += length;
  }

  /** Everything was read: that must be all there is, and right. */
  private void finish() throws PayloadInvalidException, IOException {
    if (checked) {
      return;
    }
    if (inflater.isPresent()) {
      requireEnd(inflater.get());
    }
    if (crc.getValue() != entry.crc()) {
      throw entry.invalid("its CRC-32 is not that of its content");
    }
    checked = true;
  }

  private void requireEnd(Inflater from) throws PayloadInvalidException, IOException {
    try {
      byte[] more = new byte[1];
      while (!from.finished()) {
        if (from.inflate(more) > 0) {
          throw entry.invalid("it inflates to more than its " + entry.size() + " bytes");
        }
        if (!from.finished()) {
          feed(from);
        }
      }
    } catch (DataFormatException e) {
      throw entry.invalid("its deflated data is damaged: " + e.getMessage());
    }
    long unused = end - at + from.getRemaining();
    if (unused != 0) {
      throw entry.invalid("its deflated data ends " + unused + " bytes before it should");
    }
  }

  @Override
  public void close() {
    inflater.ifPresent(Inflater::end);
  }
}
