package io.aifs.client.bundle;

import io.aifs.client.Assets;
import io.aifs.client.ProofDemand;
import io.aifs.client.RangeRead;
import io.aifs.client.ReadTarget;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.tensor.TensorType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A tensor inside an asset.
 *
 * @param target how to read the asset
 * @param assetBytes length of the asset
 * @param entry where the tensor is in it
 */
public record StoredTensor(ReadTarget target, long assetBytes, TensorEntry entry) {
  private static final int BUFFER_BYTES = 256 << 10;

  public String name() {
    return entry.name();
  }

  public TensorType type() {
    return entry.type();
  }

  /** The same under another name. */
  public StoredTensor named(String name) {
    return new StoredTensor(
        target, assetBytes, new TensorEntry(name, entry.type(), entry.offset()));
  }

  /**
   * Copies the values. If they are most of the asset it is read whole, which verifies it.
   *
   * @throws io.aifs.core.AifsException.Corrupt if the content is not what its id says, after bytes
   *     were copied
   */
  void copyValues(Assets assets, OutputStream out) throws IOException {
    if (entry.type().bytes() < assetBytes / 2) {
      try (RangeRead read =
          assets.readRange(
              target, entry.offset(), Optional.of(entry.type().bytes()), ProofDemand.IF_OFFERED)) {
        copy(read.bytes(), entry.type().bytes(), out);
      }
      return;
    }
    try (InputStream in = assets.read(target, 0, Optional.empty())) {
      in.skipNBytes(entry.offset());
      copy(in, entry.type().bytes(), out);
      var _ = in.transferTo(OutputStream.nullOutputStream()); // the digest needs all of it
    }
  }

  private static void copy(InputStream in, long bytes, OutputStream out) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, bytes))];
    for (long left = bytes; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException("the asset ends inside the tensor");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }
}
