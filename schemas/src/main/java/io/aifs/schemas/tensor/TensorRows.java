package io.aifs.schemas.tensor;

import java.util.List;
import java.util.Optional;

/**
 * How a tensor is written as rows: as one, unless it has too many values for one. Then a row is
 * what the last dimensions hold, and the first ones together are the rows.
 *
 * @param rowValues values of a row
 * @param whole what the rows alone do not tell; only where there is more than one dimension to them
 */
record TensorRows(long count, long rowValues, ShapeMetadata row, Optional<ShapeMetadata> whole) {
  /**
   * @throws IllegalArgumentException if even the last dimension has too many values
   */
  static TensorRows of(TensorType type, long rowValuesMax) {
    List<Long> shape = type.shape();
    List<String> names = type.dimensionNames();
    if (type.elements() <= rowValuesMax) {
      return new TensorRows(
          1, type.elements(), new ShapeMetadata(shape, names, List.of()), Optional.empty());
    }
    long count = 1;
    int first = 0;
    while (type.elements() / count > rowValuesMax) {
      count *= shape.get(first++); // no dimension is 0, or there were no values
    }
    int dimensions = shape.size();
    var row =
        new ShapeMetadata(
            shape.subList(first, dimensions),
            names.isEmpty() ? names : names.subList(first, dimensions),
            List.of());
    return new TensorRows(
        count,
        type.elements() / count,
        row,
        Optional.of(new ShapeMetadata(shape, names, List.of())));
  }
}
