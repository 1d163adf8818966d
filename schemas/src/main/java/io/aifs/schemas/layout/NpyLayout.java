package io.aifs.schemas.layout;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.numpy.NpyHeader;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where the array of an npy file is. */
final class NpyLayout {
  static TensorLayout read(ByteSource source) throws PayloadInvalidException, IOException {
    NpyHeader header = NpyHeader.read(source);
    if (!header.isRowMajor()) {
      throw new PayloadInvalidException(
          "header",
          "the array is in Fortran order, which cannot be read where it lies; save it as"
              + " numpy.ascontiguousarray(a), or import it");
    }
    var entry = new TensorEntry("", header.type(), header.bytes());
    return new TensorLayout(TensorFormat.NPY, Map.of(), List.of(entry));
  }

  private NpyLayout() {}
}
