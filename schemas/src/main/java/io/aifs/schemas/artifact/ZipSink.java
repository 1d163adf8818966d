package io.aifs.schemas.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a ZIP file whose entries are known before they are written, so that their headers are
 * complete. Numbers of 64 bits only where they must be. Not thread-safe.
 */
final class ZipSink {
  private static final int VERSION_PLAIN = 20;
  private static final int VERSION_64 = 45;

  /** 1 January 1980, where the time of DOS begins. */
  private static final int DATE = 1 << 5 | 1;

  private static final int FILE_MODE = ZipFormat.MODE_FILE | 0644;
  private static final int DIRECTORY_MODE = ZipFormat.MODE_DIRECTORY | 0755;
  private static final int DOS_DIRECTORY = 0x10;
  private static final int FIELD_HEAD_BYTES = 4;

  private final OutputStream out;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private final byte[] block;
  private long at;
  private long entries;

  /**
   * @param block as {@link EntryPlan#of} demands it
   */
  ZipSink(OutputStream out, byte[] block) {
    this.out = out;
    this.block = block;
  }

  void file(String path, EntryPlan plan, ArtifactWriter.Content content) throws IOException {
    long headerAt = at;
    begin(path.getBytes(UTF_8), plan, FILE_MODE << 16, headerAt);
    plan.write(path, content, out, block);
    at += plan.storedBytes();
  }

  void directory(String path) throws IOException {
    EntryPlan nothing = EntryPlan.of(InputStream::nullInputStream, block);
    begin((path + "/").getBytes(UTF_8), nothing, DIRECTORY_MODE << 16 | DOS_DIRECTORY, at);
  }

  private void begin(byte[] name, EntryPlan plan, int attributes, long headerAt)
      throws IOException {
    boolean wide = plan.size() >= ZipFormat.MAX_32 || plan.storedBytes() >= ZipFormat.MAX_32;
    int extraBytes = wide ? FIELD_HEAD_BYTES + 2 * Long.BYTES : 0;
    ByteBuffer local =
        ByteBuffer.allocate(ZipFormat.LOCAL_BYTES + name.length + extraBytes)
            .order(ByteOrder.LITTLE_ENDIAN);
    local.putInt((int) ZipFormat.LOCAL);
    common(local, plan, wide, wide);
    local.putShort((short) name.length).putShort((short) extraBytes).put(name);
    if (wide) {
      wide(local, plan, true, false, 0);
    }
    write(local.array());
    remember(name, plan, attributes, headerAt, wide);
  }

  private void remember(byte[] name, EntryPlan plan, int attributes, long headerAt, boolean wide) {
    boolean far = headerAt >= ZipFormat.MAX_32;
    int extraBytes = wide || far ? FIELD_HEAD_BYTES + (wide ? 16 : 0) + (far ? 8 : 0) : 0;
    ByteBuffer central =
        ByteBuffer.allocate(ZipFormat.CENTRAL_BYTES + name.length + extraBytes)
            .order(ByteOrder.LITTLE_ENDIAN);
    central.putInt((int) ZipFormat.CENTRAL);
    central.putShort(
        (short) (ZipFormat.HOST_UNIX << 8 | (wide || far ? VERSION_64 : VERSION_PLAIN)));
    common(central, plan, wide, wide || far);
    central.putShort((short) name.length).putShort((short) extraBytes);
    central.putShort((short) 0).putShort((short) 0).putShort((short) 0); // comment, disk, text
    central.putInt(attributes);
    central.putInt((int) (far ? ZipFormat.MAX_32 : headerAt));
    central.put(name);
    if (wide || far) {
      wide(central, plan, wide, far, headerAt);
    }
    directory.writeBytes(central.array());
    entries++;
  }

  /** What headers and the directory have in common. */
  private static void common(ByteBuffer to, EntryPlan plan, boolean wide, boolean needs64) {
    to.putShort((short) (needs64 ? VERSION_64 : VERSION_PLAIN));
    to.putShort((short) ZipFormat.FLAG_UTF8);
    to.putShort((short) (plan.deflated() ? ZipFormat.DEFLATED : ZipFormat.STORED));
    to.putShort((short) 0).putShort((short) DATE);
    to.putInt((int) plan.crc());
    to.putInt((int) (wide ? ZipFormat.MAX_32 : plan.storedBytes()));
    to.putInt((int) (wide ? ZipFormat.MAX_32 : plan.size()));
  }

  private static void wide(
      ByteBuffer to, EntryPlan plan, boolean sizes, boolean place, long headerAt) {
    to.putShort((short) ZipFormat.EXTRA_64);
    to.putShort((short) ((sizes ? 2 * Long.BYTES : 0) + (place ? Long.BYTES : 0)));
    if (sizes) {
      to.putLong(plan.size()).putLong(plan.storedBytes());
    }
    if (place) {
      to.putLong(headerAt);
    }
  }

  /** Writes the directory and the end. */
  void finish() throws IOException {
    long directoryAt = at;
    directory.writeTo(out);
    at += directory.size();
    boolean wide = entries >= ZipFormat.MAX_16 || directoryAt >= ZipFormat.MAX_32;
    if (wide) {
      end64(directoryAt);
    }
    ByteBuffer end = ByteBuffer.allocate(ZipFormat.END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    short count = (short) Math.min(entries, ZipFormat.MAX_16);
    end.putInt((int) ZipFormat.END).putInt(0).putShort(count).putShort(count);
    end.putInt(directory.size());
    end.putInt((int) Math.min(directoryAt, ZipFormat.MAX_32)).putShort((short) 0);
    write(end.array());
  }

  private void end64(long directoryAt) throws IOException {
    long endAt = at;
    ByteBuffer end =
        ByteBuffer.allocate(ZipFormat.END_64_BYTES + ZipFormat.LOCATOR_64_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    end.putInt((int) ZipFormat.END_64).putLong(ZipFormat.END_64_BYTES - 12);
    end.putShort((short) (ZipFormat.HOST_UNIX << 8 | VERSION_64)).putShort((short) VERSION_64);
    end.putInt(0).putInt(0).putLong(entries).putLong(entries);
    end.putLong(directory.size()).putLong(directoryAt);
    end.putInt((int) ZipFormat.LOCATOR_64).putInt(0).putLong(endAt).putInt(1);
    write(end.array());
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    at += bytes.length;
  }
}
