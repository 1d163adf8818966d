package io.aifs.schemas.layout;

import io.aifs.core.chunk.RegionFinder;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.safetensors.SafetensorsHeader;
import io.aifs.schemas.tensor.TensorFile;
import java.io.IOException;
import java.util.Optional;

/** Finds the tensors of a file by what it begins with. Stateless. */
public final class Layouts {
  /** The values of tensors of at least 16 KiB, as content is cut around them. */
  public static final RegionFinder REGIONS = new TensorRegions();

  /** What it takes to tell the formats apart. */
  static final int START_BYTES = 16;

  /**
   * The tensors of a file; empty if it is of no format that has any.
   *
   * @throws PayloadInvalidException if it begins as one, and is not as that format demands, or its
   *     tensors do not lie row-major and each in one piece
   */
  public static Optional<TensorLayout> read(ByteSource source)
      throws PayloadInvalidException, IOException {
    byte[] start = source.read(0, (int) Math.min(source.size(), START_BYTES));
    if (TensorFile.begins(start, start.length)) {
      return Optional.of(ArrowLayout.read(source));
    }
    if (NpyHeader.begins(start, start.length)) {
      return Optional.of(NpyLayout.read(source));
    }
    if (SafetensorsHeader.begins(start, start.length)) {
      return Optional.of(SafetensorsLayout.read(source));
    }
    return Optional.empty();
  }

  private Layouts() {}
}
