package io.aifs.schemas.artifact;

import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * What a file is and how it will be stored, found by reading it once.
 *
 * @param storedBytes bytes of the content as it will be in the file
 */
record EntryPlan(long size, long storedBytes, long crc, Digest digest, boolean deflated) {
  /** Bytes read at once: of this length must be the block that callers give. */
  static final int BLOCK_BYTES = 64 << 10;

  /** What is shorter is not worth a look. */
  private static final int DEFLATED_BYTES_MIN = 128;

  private static final int DRAINED_BYTES = 8 << 10;

  /** Deflating is for what shrinks well: the rest is read faster, and in part, as it is. */
  private static final double SHRINKS_TO_MAX = 0.75;

  /**
   * @param block overwritten; given, so that many small files need no memory each
   */
  static EntryPlan of(ArtifactWriter.Content content, byte[] block) throws IOException {
    boolean deflated = shrinks(content, block);
    EntryPlan plan = stream(content, deflated, OutputStream.nullOutputStream(), block);
    if (plan.deflated
        && (plan.storedBytes >= plan.size || ZipDirectory.isBomb(plan.size, plan.storedBytes))) {
      return new EntryPlan(plan.size, plan.size, plan.crc, plan.digest, false);
    }
    return plan;
  }

  /** Writes the content as planned. */
  void write(String path, ArtifactWriter.Content content, OutputStream out, byte[] block)
      throws IOException {
    EntryPlan written = stream(content, deflated, out, block);
    if (!written.equals(this)) {
      throw new IOException("content changed while it was read: " + path);
    }
  }

  /** By its first block. */
  private static boolean shrinks(ArtifactWriter.Content content, byte[] block) throws IOException {
    int sample;
    try (InputStream in = content.open()) {
      sample = in.readNBytes(block, 0, BLOCK_BYTES);
    }
    if (sample < DEFLATED_BYTES_MIN) {
      return false;
    }
    Deflater deflater = deflater();
    try {
      deflater.setInput(block, 0, sample);
      deflater.finish();
      drain(deflater, OutputStream.nullOutputStream());
      return deflater.getBytesWritten() < SHRINKS_TO_MAX * sample;
    } finally {
      deflater.end();
    }
  }

  private static EntryPlan stream(
      ArtifactWriter.Content content, boolean deflated, OutputStream out, byte[] block)
      throws IOException {
    Hasher hasher = Hasher.digestOnly();
    CRC32 crc = new CRC32();
    long size = 0;
    Optional<Deflater> deflater = deflated ? Optional.of(deflater()) : Optional.empty();
    try (InputStream in = content.open()) {
      // Whole blocks always, so that the deflater is fed the same each time.
      for (int read; (read = in.readNBytes(block, 0, BLOCK_BYTES)) > 0; ) {
        hasher.update(block, 0, read);
        crc.update(block, 0, read);
        size += read;
        if (deflater.isPresent()) {
          deflater.get().setInput(block, 0, read);
          drain(deflater.get(), out);
        } else {
          out.write(block, 0, read);
        }
      }
      if (deflater.isPresent()) {
        deflater.get().finish();
        drain(deflater.get(), out);
      }
      long storedBytes = deflater.map(Deflater::getBytesWritten).orElse(size);
      return new EntryPlan(size, storedBytes, crc.getValue(), hasher.finish(), deflated);
    } finally {
      deflater.ifPresent(Deflater::end);
    }
  }

  private static void drain(Deflater deflater, OutputStream out) throws IOException {
    byte[] deflated = new byte[DRAINED_BYTES];
    for (int length; (length = deflater.deflate(deflated)) > 0; ) {
      out.write(deflated, 0, length);
    }
  }

  private static Deflater deflater() {
    return new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  }
}
