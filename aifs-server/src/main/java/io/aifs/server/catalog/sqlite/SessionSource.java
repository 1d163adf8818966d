package io.aifs.server.catalog.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;

/** Opens connections to a catalog file, set up alike. Thread-safe. */
final class SessionSource {
  private static final int READER_CACHE_BYTES = 4 << 20;
  private final Path file;
  private final SqliteOptions options;

  SessionSource(Path file, SqliteOptions options) {
    this.file = file.toAbsolutePath();
    this.options = options;
  }

  Path file() {
    return file;
  }

  /** A session that may write, and sees to the log. */
  Session writer() {
    return open(
        "PRAGMA wal_autocheckpoint = " + options.checkpointBytes() / SqliteOptions.PAGE_BYTES,
        "PRAGMA journal_size_limit = " + options.checkpointBytes(),
        "PRAGMA max_page_count = " + options.fileBytesMax() / SqliteOptions.PAGE_BYTES,
        "PRAGMA cache_size = " + -options.cacheBytesMax() / 1024);
  }

  /** A session to fill a new catalog: rows come in order of table, not of what they refer to. */
  Session writerWithoutForeignKeys() {
    return open("PRAGMA foreign_keys = OFF");
  }

  /** A session that cannot write. */
  Session reader() {
    return open("PRAGMA cache_size = " + -READER_CACHE_BYTES / 1024, "PRAGMA query_only = ON");
  }

  private Session open(String... pragmas) {
    try {
      Connection connection = connect();
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = " + options.busyTimeoutMillis());
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute("PRAGMA mmap_size = " + options.mmapBytes());
        // Sorters and undo logs hold names: they must not reach a temporary directory.
        statement.execute("PRAGMA temp_store = MEMORY");
        statement.execute("PRAGMA foreign_keys = ON");
        statement.execute("PRAGMA trusted_schema = OFF");
        statement.execute("PRAGMA cell_size_check = ON");
        for (String pragma : pragmas) {
          statement.execute(pragma);
        }
        // The driver would otherwise try to begin and commit around each statement. Its own
        // transaction is ended here and BEGIN and COMMIT are ours from now on.
        connection.setAutoCommit(false);
        statement.execute("ROLLBACK");
        return new Session(connection, file);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteFailure.of(e, file);
    }
  }

  /** A bare connection, before anything is known of the file. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    // Nobody asks, and the driver would run a query of its own after each insert.
    properties.setProperty("jdbc.get_generated_keys", "false");
    // As a URI, so that no character of a path means something to the driver.
    return JDBC.createConnection("jdbc:sqlite:" + file.toUri(), properties);
  }
}
