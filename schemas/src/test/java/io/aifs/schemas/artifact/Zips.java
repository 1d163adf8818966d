package io.aifs.schemas.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** ZIP files that say what a test wants them to, true or not. */
final class Zips {
  /** An entry; what its headers say is made from its content, then changed. */
  static final class Entry {
    final byte[] name;
    byte[] stored;
    int flags = ZipFormat.FLAG_UTF8;
    int method;
    long crc;
    long size;
    long storedBytes;
    int attributes;
    byte[] localName;
    byte[] extra = new byte[0];
    byte[] centralExtra = new byte[0];
    byte[] behind = new byte[0];
    long localCrc;
    long localSize;
    long localStoredBytes;
    long headerAt = -1;

    Entry(String name, byte[] content) {
      this(name.getBytes(UTF_8), content);
    }

    Entry(byte[] name, byte[] content) {
      this.name = name;
      this.localName = name;
      this.stored = content;
      CRC32 checksum = new CRC32();
      checksum.update(content);
      crc = checksum.getValue();
      size = content.length;
      sizes(content.length);
      localCrc = crc;
      localSize = size;
    }

    private void sizes(int length) {
      storedBytes = length;
      localStoredBytes = length;
    }

    Entry deflated() {
      Deflater deflater = new Deflater(9, true);
      deflater.setInput(stored);
      deflater.finish();
      byte[] out = new byte[stored.length + 100];
      int length = deflater.deflate(out);
      deflater.end();
      stored = Arrays.copyOf(out, length);
      method = ZipFormat.DEFLATED;
      sizes(length);
      return this;
    }

    Entry with(Consumer<Entry> change) {
      change.accept(this);
      return this;
    }
  }

  private Zips() {}

  /** A manifest that names files truly. */
  static Entry manifest(Map<String, byte[]> files) {
    List<ArtifactFile> named = new ArrayList<>();
    files.forEach(
        (path, content) ->
            named.add(
                new ArtifactFile(
                    path, content.length, Digest.of(content), ArtifactFile.ANY_MEDIA_TYPE)));
    return new Entry("MANIFEST", ArtifactManifest.named("").withFiles(named).toJson());
  }

  static byte[] of(Entry... entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      long at = out.size();
      out.writeBytes(
          words(30)
              .putInt((int) ZipFormat.LOCAL)
              .putShort((short) 20)
              .putShort((short) entry.flags)
              .putShort((short) entry.method)
              .putInt(0x210000)
              .putInt((int) entry.localCrc)
              .putInt((int) entry.localStoredBytes)
              .putInt((int) entry.localSize)
              .putShort((short) entry.localName.length)
              .putShort((short) entry.extra.length)
              .array());
      out.writeBytes(entry.localName);
      out.writeBytes(entry.extra);
      out.writeBytes(entry.stored);
      out.writeBytes(entry.behind);
      directory.writeBytes(
          words(46)
              .putInt((int) ZipFormat.CENTRAL)
              .putShort((short) (3 << 8 | 20))
              .putShort((short) 20)
              .putShort((short) entry.flags)
              .putShort((short) entry.method)
              .putInt(0x210000)
              .putInt((int) entry.crc)
              .putInt((int) entry.storedBytes)
              .putInt((int) entry.size)
              .putShort((short) entry.name.length)
              .putShort((short) entry.centralExtra.length)
              .putShort((short) 0)
              .putInt(0)
              .putInt(entry.attributes)
              .putInt((int) (entry.headerAt < 0 ? at : entry.headerAt))
              .array());
      directory.writeBytes(entry.name);
      directory.writeBytes(entry.centralExtra);
    }
    int directoryAt = out.size();
    out.writeBytes(directory.toByteArray());
    out.writeBytes(
        words(22)
            .putInt((int) ZipFormat.END)
            .putInt(0)
            .putShort((short) entries.length)
            .putShort((short) entries.length)
            .putInt(directory.size())
            .putInt(directoryAt)
            .putShort((short) 0)
            .array());
    return out.toByteArray();
  }

  static ByteBuffer words(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The same with a text of a stored manifest changed to another as long, its checksums too. */
  static byte[] patchManifest(byte[] payload, String from, String to) {
    byte[] patched = payload.clone();
    int at = new String(payload, ISO_8859_1).indexOf(from);
    byte[] bytes = to.getBytes(UTF_8);
    System.arraycopy(bytes, 0, patched, at, bytes.length);
    ByteBuffer words = ByteBuffer.wrap(patched).order(ByteOrder.LITTLE_ENDIAN);
    int length = words.getInt(18);
    CRC32 crc = new CRC32();
    crc.update(patched, 30 + "MANIFEST".length(), length);
    words.putInt(14, (int) crc.getValue());
    int directoryAt = words.getInt(patched.length - 6);
    words.putInt(directoryAt + 16, (int) crc.getValue());
    return patched;
  }
}
