package io.aifs.server.catalog.sqlite;

import io.aifs.core.AifsException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements. One thread at a time.
 *
 * <p>After a statement failed, all others fail likewise until the transaction or savepoint is
 * rolled back: some failures make SQLite drop the whole transaction, and what followed would commit
 * by itself, without the rest.
 */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final Path file;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private @Nullable AifsException failure;

  Session(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  /** Takes the write lock at once, so that it never fails later for want of it. */
  void beginWrite() {
    control("BEGIN IMMEDIATE");
  }

  /** The first read fixes the instant that all reads up to {@link #rollback} see. */
  void beginRead() {
    control("BEGIN");
  }

  void commit() {
    requireSound();
    control("COMMIT");
  }

  void rollback() {
    control("ROLLBACK");
  }

  void savepoint() {
    requireSound();
    control("SAVEPOINT one");
  }

  void releaseSavepoint() {
    requireSound();
    control("RELEASE one");
  }

  /** Fails if the transaction is gone, and the savepoint with it. */
  void rollbackToSavepoint() {
    control("ROLLBACK TO one");
    control("RELEASE one");
  }

  /** Runs a statement that changes rows; returns how many. */
  long update(String sql, @Nullable Object... arguments) {
    requireSound();
    try {
      return bound(sql, arguments).executeLargeUpdate();
    } catch (SQLException e) {
      throw failed(e, sql);
    }
  }

  /** Shows rows to {@code visitor} until it returns false. */
  void each(String sql, Row.Visitor visitor, @Nullable Object... arguments) {
    requireSound();
    try (ResultSet result = bound(sql, arguments).executeQuery()) {
      Row row = new Row(result);
      boolean more = true;
      while (more && result.next()) {
        more = visitor.visit(row);
      }
    } catch (SQLException e) {
      throw failed(e, sql);
    } catch (IllegalArgumentException e) {
      throw SqliteFailure.damaged(file, "a row holds what nobody writes: " + e.getMessage(), e);
    }
  }

  <T> Optional<T> first(String sql, Row.Reader<T> reader, @Nullable Object... arguments) {
    List<T> found = new ArrayList<>(1);
    each(
        sql,
        row -> {
          found.add(reader.read(row));
          return false;
        },
        arguments);
    return found.stream().findFirst();
  }

  <T> List<T> list(String sql, Row.Reader<T> reader, @Nullable Object... arguments) {
    List<T> found = new ArrayList<>();
    each(
        sql,
        row -> {
          found.add(reader.read(row));
          return true;
        },
        arguments);
    return found;
  }

  boolean exists(String sql, @Nullable Object... arguments) {
    return first(sql, row -> true, arguments).isPresent();
  }

  /** Names the file as damaged, because of what a row holds. */
  AifsException damaged(String what) {
    return SqliteFailure.damaged(file, what);
  }

  /** Undoes what was not committed. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteFailure.of(e, file);
    }
  }

  private void control(String sql) {
    failure = null;
    try {
      bound(sql).executeLargeUpdate();
    } catch (SQLException e) {
      throw failed(e, sql);
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      switch (argument) {
        case null -> statement.setObject(i + 1, null);
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case String text -> statement.setString(i + 1, text);
        case Boolean flag -> statement.setLong(i + 1, flag ? 1 : 0);
        case Number number -> statement.setLong(i + 1, number.longValue());
        default -> throw new IllegalStateException("argument has no SQL type: " + argument);
      }
    }
    return statement;
  }

  private void requireSound() {
    if (failure != null) {
      throw failure;
    }
  }

  /** The driver closes a statement that failed badly: it is prepared anew when next wanted. */
  private AifsException failed(SQLException e, String sql) {
    try (PreparedStatement _ = statements.remove(sql)) {
      // closed here, if the driver did not
    } catch (SQLException alsoFailed) {
      e.addSuppressed(alsoFailed);
    }
    AifsException named = SqliteFailure.of(e, file);
    failure = named;
    return named;
  }
}
