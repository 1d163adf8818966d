package io.aifs.schemas.layout;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.tensor.TensorFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where the tensor of an Arrow file or stream is. */
final class ArrowLayout {
  static TensorLayout read(ByteSource source) throws PayloadInvalidException, IOException {
    TensorFile file = TensorFile.open(source);
    String place = "tensor '" + file.name() + "'";
    if (file.batches() > 1) {
      throw new PayloadInvalidException(
          place,
          "lies in "
              + file.batches()
              + " record batches, and cannot be read where it lies; write it as one");
    }
    if (!file.isRowMajor()) {
      throw new PayloadInvalidException(
          place, "has a permutation, and cannot be read where it lies; write its values row-major");
    }
    var entry = new TensorEntry(file.name(), file.type(), file.valuesOffset());
    return new TensorLayout(TensorFormat.ARROW, Map.of(), List.of(entry));
  }

  private ArrowLayout() {}
}
