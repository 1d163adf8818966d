package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.SnapshotId;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The current row of a result. Columns count from 1. */
final class Row {
  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  long integer(int column) throws SQLException {
    return result.getLong(column);
  }

  boolean flag(int column) throws SQLException {
    return result.getLong(column) != 0;
  }

  String text(int column) throws SQLException {
    return result.getString(column);
  }

  /** Text that is kept as a blob, so that it compares by its bytes in every database. */
  String utf8(int column) throws SQLException {
    return new String(blob(column), StandardCharsets.UTF_8);
  }

  /** Empty for NULL. */
  byte[] blob(int column) throws SQLException {
    byte @Nullable [] bytes = result.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  /** Whatever it is: a {@code Long}, a {@code String}, a {@code byte[]} or null. */
  @Nullable Object value(int column) throws SQLException {
    Object value = result.getObject(column);
    return switch (value) {
      case null -> null;
      case Integer number -> Long.valueOf(number);
      case Long number -> number;
      case String text -> text;
      case byte[] bytes -> bytes;
      default -> throw new DamagedRowException("a value is a " + value.getClass().getSimpleName());
    };
  }

  Digest digest(int column) throws SQLException {
    byte[] bytes = blob(column);
    if (bytes.length != Digest.BYTES) {
      throw new DamagedRowException("an id is " + bytes.length + " bytes long");
    }
    return Digest.fromBytes(bytes);
  }

  SnapshotId snapshotId(int column) throws SQLException {
    return PackedSnapshotIds.id(blob(column));
  }

  /** Makes something of a row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  /** Looks at rows until it has seen enough. */
  @FunctionalInterface
  interface Visitor {
    /** Returns whether to go on. */
    boolean visit(Row row) throws SQLException;
  }
}
