package io.aifs.schemas.artifact;

import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * What a file is and how it will be stored, found by reading it once.
 *
 * @param storedBytes bytes of the content as it will be in the file
 */
record EntryPlan(long size, long storedBytes, long crc, Digest digest, boolean deflated) {
  private static final int BLOCK_BYTES = 64 << 10;

  /** Deflating is for what shrinks well: the rest is read faster, and in part, as it is. */
  private static final double SHRINKS_TO_MAX = 0.75;

  static EntryPlan of(ArtifactWriter.Content content) throws IOException {
    EntryPlan plan = stream(content, shrinks(content), OutputStream.nullOutputStream());
    if (plan.deflated
        && (plan.storedBytes >= plan.size || ZipDirectory.isBomb(plan.size, plan.storedBytes))) {
      return new EntryPlan(plan.size, plan.size, plan.crc, plan.digest, false);
    }
    return plan;
  }

  /** Writes the content as planned. */
  void write(String path, ArtifactWriter.Content content, OutputStream out) throws IOException {
    EntryPlan written = stream(content, deflated, out);
    if (!written.equals(this)) {
      throw new IOException("content changed while it was read: " + path);
    }
  }

  /** By its first block. */
  private static boolean shrinks(ArtifactWriter.Content content) throws IOException {
    byte[] sample;
    try (InputStream in = content.open()) {
      sample = in.readNBytes(BLOCK_BYTES);
    }
    Deflater deflater = deflater();
    try {
      deflater.setInput(sample);
      deflater.finish();
      byte[] block = new byte[BLOCK_BYTES];
      while (!deflater.finished()) {
        var _ = deflater.deflate(block);
      }
      return deflater.getBytesWritten() < SHRINKS_TO_MAX * sample.length;
    } finally {
      deflater.end();
    }
  }

  private static EntryPlan stream(
      ArtifactWriter.Content content, boolean deflated, OutputStream out) throws IOException {
    Hasher hasher = Hasher.digestOnly();
    CRC32 crc = new CRC32();
    long size = 0;
    Deflater deflater = deflater();
    byte[] block = new byte[BLOCK_BYTES];
    try (InputStream in = content.open()) {
      // Whole blocks always, so that the deflater is fed the same each time.
      for (int read; (read = in.readNBytes(block, 0, BLOCK_BYTES)) > 0; ) {
        hasher.update(block, 0, read);
        crc.update(block, 0, read);
        size += read;
        if (deflated) {
          deflater.setInput(block, 0, read);
          drain(deflater, out);
        } else {
          out.write(block, 0, read);
        }
      }
      if (deflated) {
        deflater.finish();
        drain(deflater, out);
      }
      long storedBytes = deflated ? deflater.getBytesWritten() : size;
      return new EntryPlan(size, storedBytes, crc.getValue(), hasher.finish(), deflated);
    } finally {
      deflater.end();
    }
  }

  private static void drain(Deflater deflater, OutputStream out) throws IOException {
    byte[] deflated = new byte[BLOCK_BYTES];
    for (int length; (length = deflater.deflate(deflated)) > 0; ) {
      out.write(deflated, 0, length);
    }
  }

  private static Deflater deflater() {
    return new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  }
}
