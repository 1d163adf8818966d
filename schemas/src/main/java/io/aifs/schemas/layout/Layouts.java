package io.aifs.schemas.layout;

import io.aifs.core.chunk.RegionFinder;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.util.Optional;

/** Finds the tensors of a file by what it begins with. Stateless. */
public final class Layouts {
  /** The values of tensors of at least a chunk's length, as content is cut around them. */
  public static final RegionFinder REGIONS = RegionFinder.NONE;

  /**
   * The tensors of a file; empty if it is of no format that has any.
   *
   * @throws PayloadInvalidException if it begins as one, and is not as that format demands
   */
  public static Optional<TensorLayout> read(ByteSource source)
      throws PayloadInvalidException, IOException {
    throw new UnsupportedOperationException();
  }

  private Layouts() {}
}
