package io.aifs.schemas.tensor;

import static java.util.Objects.requireNonNull;

import io.aifs.schemas.PayloadInvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Type;

/**
 * The column that a tensor is, or the tensors of its rows.
 *
 * @param listSize values of a row
 * @param row what the metadata say of a row
 * @param whole shape and names of all rows together, if the metadata say that; ours do where a
 *     tensor has too many values for one row
 */
record TensorColumn(
    String name,
    ElementType element,
    int listSize,
    ShapeMetadata row,
    Optional<ShapeMetadata> whole) {
  static final String EXTENSION_NAME = "ARROW:extension:name";
  static final String EXTENSION_METADATA = "ARROW:extension:metadata";
  static final String TENSOR_EXTENSION = "arrow.fixed_shape_tensor";
  static final String WHOLE = "aifs.tensor";

  private static final String PLACE = "column";
  private static final int KEY_BYTES_MAX = 64;
  private static final int METADATA_ENTRIES_MAX = 4_096;

  private static final int SCHEMA_ENDIANNESS = 0;
  private static final int SCHEMA_FIELDS = 1;
  private static final int FIELD_NAME = 0;
  private static final int FIELD_TYPE_KIND = 2;
  private static final int FIELD_TYPE = 3;
  private static final int FIELD_DICTIONARY = 4;
  private static final int FIELD_CHILDREN = 5;
  private static final int FIELD_METADATA = 6;
  private static final int LIST_SIZE = 0;
  private static final int ENTRY_KEY = 0;
  private static final int ENTRY_VALUE = 1;

  TensorColumn {
    requireNonNull(name, "name is null");
    requireNonNull(element, "element is null");
    requireNonNull(row, "row is null");
    requireNonNull(whole, "whole is null");
  }

  /**
   * The column of a schema.
   *
   * @throws PayloadInvalidException if it is not the only one, or holds no tensors
   */
  static TensorColumn read(FlatTable schema) throws PayloadInvalidException {
    require(
        schema.int16(SCHEMA_ENDIANNESS) == Endianness.Little,
        "schema",
        "is big-endian; write it little-endian");
    FlatTable.Rows fields = schema.tables(SCHEMA_FIELDS);
    require(
        fields.count() == 1, "schema", "has " + fields.count() + " columns; a tensor is just one");
    FlatTable field = fields.table(0);
    requirePlain(field);
    Optional<FlatTable> list = field.table(FIELD_TYPE);
    if (field.unsignedByte(FIELD_TYPE_KIND) != Type.FixedSizeList || list.isEmpty()) {
      throw new PayloadInvalidException(PLACE, "is no FixedSizeList");
    }
    require(
        metadata(field, EXTENSION_NAME).orElse("").equals(TENSOR_EXTENSION),
        PLACE,
        "does not say in its metadata that it is of " + TENSOR_EXTENSION);
    ShapeMetadata row = ShapeMetadata.parse(metadata(field, EXTENSION_METADATA).orElse(""));
    Optional<String> wholeText = metadata(field, WHOLE);
    var column =
        new TensorColumn(
            field.string(FIELD_NAME),
            element(field),
            list.get().int32(LIST_SIZE),
            row,
            wholeText.isEmpty()
                ? Optional.empty()
                : Optional.of(ShapeMetadata.parse(wholeText.get())));
    long values = column.type(row.shape(), List.of()).elements();
    require(
        column.listSize == values,
        PLACE,
        "has lists of " + column.listSize + " values for the shape " + row.shape());
    return column;
  }

  private static ElementType element(FlatTable list) throws PayloadInvalidException {
    FlatTable.Rows children = list.tables(FIELD_CHILDREN);
    require(children.count() == 1, PLACE, "is a list of " + children.count() + " types");
    FlatTable child = children.table(0);
    requirePlain(child);
    FlatTable type =
        child
            .table(FIELD_TYPE)
            .orElseThrow(() -> new PayloadInvalidException(PLACE, "its values have no type"));
    return ArrowElement.read(
        child.unsignedByte(FIELD_TYPE_KIND), type, metadata(child, EXTENSION_NAME).orElse(""));
  }

  private static void requirePlain(FlatTable field) throws PayloadInvalidException {
    require(!field.has(FIELD_DICTIONARY), PLACE, "has a dictionary; write its values themselves");
  }

  /** The value of a key, which is there once at most. */
  private static Optional<String> metadata(FlatTable field, String wanted)
      throws PayloadInvalidException {
    FlatTable.Rows entries = field.tables(FIELD_METADATA);
    require(
        entries.count() <= METADATA_ENTRIES_MAX,
        PLACE,
        "has over " + METADATA_ENTRIES_MAX + " entries of metadata");
    Optional<String> found = Optional.empty();
    for (int i = 0; i < entries.count(); i++) {
      FlatTable entry = entries.table(i);
      // other keys may be of any length, and named many times
      if (entry.rows(ENTRY_KEY, 1).count() <= KEY_BYTES_MAX
          && entry.string(ENTRY_KEY).equals(wanted)) {
        require(found.isEmpty(), PLACE, "has " + wanted + " twice in its metadata");
        found = Optional.of(entry.string(ENTRY_VALUE));
      }
    }
    return found;
  }

  /**
   * The tensor as it lies in all rows together.
   *
   * @throws PayloadInvalidException if that is out of all bounds, or not as the metadata say
   */
  TensorType lying(long rows) throws PayloadInvalidException {
    if (whole.isPresent()) {
      TensorType type = type(whole.get().shape(), whole.get().dimensionNames());
      TensorType found = type(rowsOf(rows), List.of());
      require(
          type.elements() == found.elements(),
          PLACE,
          WHOLE + " is of " + type.elements() + " values, but the rows have " + found.elements());
      return type;
    }
    return rows == 1
        ? type(row.shape(), row.dimensionNames())
        : type(rowsOf(rows), namesOfRows(row.dimensionNames()));
  }

  /**
   * The tensor as it is meant, which differs from {@link #lying} if it is permuted.
   *
   * @throws PayloadInvalidException as there
   */
  TensorType meant(long rows) throws PayloadInvalidException {
    TensorType lying = lying(rows);
    List<Integer> order = order(lying.shape().size());
    List<String> names = lying.dimensionNames();
    return type(
        order.stream().map(lying.shape()::get).toList(),
        names.isEmpty() ? names : order.stream().map(names::get).toList());
  }

  /** For each of the dimensions as it is meant, the number of the one that lies. */
  List<Integer> order(int dimensions) {
    List<Integer> order = new ArrayList<>();
    int before = isPermuted() ? dimensions - row.permutation().size() : dimensions;
    for (int i = 0; i < before; i++) {
      order.add(i);
    }
    for (int i = before; i < dimensions; i++) {
      order.add(before + row.permutation().get(i - before));
    }
    return order;
  }

  /** Whether the values of a row lie in another order than they are meant. */
  boolean isPermuted() {
    return whole.isEmpty() && row.isPermuted();
  }

  private List<Long> rowsOf(long rows) {
    List<Long> shape = new ArrayList<>(row.shape());
    shape.addFirst(rows);
    return shape;
  }

  private static List<String> namesOfRows(List<String> names) {
    List<String> all = new ArrayList<>(names);
    if (!names.isEmpty()) {
      all.addFirst("");
    }
    return all;
  }

  private TensorType type(List<Long> shape, List<String> names) throws PayloadInvalidException {
    try {
      return new TensorType(element, shape, names);
    } catch (IllegalArgumentException e) {
      throw new PayloadInvalidException("shape of the column", String.valueOf(e.getMessage()));
    }
  }

  private static void require(boolean holds, String place, String otherwise)
      throws PayloadInvalidException {
    if (!holds) {
      throw new PayloadInvalidException(place, otherwise);
    }
  }
}
