package io.aifs.server.catalog.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings a catalog file to the format of this build, one numbered step after the other, each in a
 * transaction of its own. {@code user_version} is the number of the last step taken.
 */
final class Migrations {
  /** In the header of every catalog: the letters AIFS. */
  static final int APPLICATION_ID = 0x41494653;

  /** Resources beside this class; a released one never changes. */
  private static final List<String> STEPS =
      List.of(
          "0001-first.sql",
          "0002-journal.sql",
          "0003-collection.sql",
          "0004-damage.sql",
          "0005-working-trees.sql",
          "0006-history.sql",
          "0007-lineage.sql",
          "0008-associations.sql",
          "0009-events.sql",
          "0010-transactions.sql",
          "0011-policies.sql",
          "0012-tokens.sql",
          "0013-audit.sql",
          "0014-embeddings.sql");

  static final int FORMAT = STEPS.size();

  private final SessionSource source;

  Migrations(SessionSource source) {
    this.source = source;
  }

  /**
   * Changes nothing unless it can go all the way.
   *
   * @throws AifsException.Unsupported if a later build made the file
   * @throws AifsException.Corrupt if it is no catalog, or a damaged one
   */
  void run() {
    run(FORMAT);
  }

  /** Goes no further than to {@code last}, for rows of that format. */
  void run(int last) {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      int format = formatOf(statement);
      statement.execute("PRAGMA page_size = " + SqliteOptions.PAGE_BYTES);
      requireLog(statement);
      statement.execute("PRAGMA synchronous = FULL");
      for (int step = format; step < last; step++) {
        statement.executeUpdate("BEGIN IMMEDIATE");
        statement.executeUpdate(read(STEPS.get(step)));
        statement.executeUpdate("PRAGMA user_version = " + (step + 1));
        statement.executeUpdate("COMMIT");
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(e, source.file());
    }
  }

  private int formatOf(Statement statement) throws SQLException {
    int format = pragma(statement, "user_version");
    int owner = pragma(statement, "application_id");
    boolean empty = pragma(statement, "schema_version") == 0;
    if (empty ? owner != 0 || format != 0 : owner != APPLICATION_ID || format < 1) {
      throw SqliteFailure.damaged(source.file(), "it is an SQLite file, but not a catalog");
    }
    requireKnown(format);
    return format;
  }

  /**
   * @throws AifsException.Unsupported if this build is too old for it
   */
  static void requireKnown(int format) {
    if (format > FORMAT) {
      throw new AifsException.Unsupported(
          Reason.FORMAT_NEWER,
          "the catalog has format " + format + ", this build knows up to " + FORMAT,
          "Use the version of AIFS that wrote it, or a later one.");
    }
  }

  private void requireLog(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA journal_mode = WAL")) {
      if (!result.next() || !"wal".equals(result.getString(1))) {
        throw new AifsException.Failed(
            Reason.IO_FAILED,
            "the file system cannot hold a catalog with a write-ahead log: " + source.file(),
            "Use a local file system for the data directory; network ones often lack this.",
            null);
      }
    }
  }

  private static int pragma(Statement statement, String name) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA " + name)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  private static String read(String step) {
    try (InputStream in = Migrations.class.getResourceAsStream(step)) {
      if (in == null) {
        throw new IllegalStateException("migration is not in the build: " + step);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
