package io.aifs.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What {@link AssociationBenchmark} compares with: the same rows in a table of SQLite's own. */
final class PlainAssociations implements AutoCloseable {
  private static final int BATCH = 4_096;

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement range;
  private final PreparedStatement find;

  private PlainAssociations(Connection connection) throws SQLException {
    this.connection = connection;
    this.insert = connection.prepareStatement("INSERT INTO association VALUES (?, ?, ?, ?, ?)");
    this.range =
        connection.prepareStatement(
            "SELECT time, id2, data FROM association WHERE id1 = ? AND type = 1"
                + " ORDER BY time DESC LIMIT ?");
    this.find =
        connection.prepareStatement(
            "SELECT time, data FROM association WHERE id1 = ? AND type = 1 AND id2 = ?");
  }

  static PlainAssociations open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA cache_size = -65536");
      statement.execute("PRAGMA mmap_size = " + (2L << 30));
      statement.execute(
          "CREATE TABLE association (id1 TEXT, type INTEGER, time INTEGER, id2 TEXT, data BLOB,"
              + " PRIMARY KEY (id1, type, time, id2)) WITHOUT ROWID");
      statement.execute("CREATE UNIQUE INDEX by_id2 ON association (id1, type, id2)");
    }
    return new PlainAssociations(connection);
  }

  /** Writes rows for both ends in transactions of a batch each; returns how many a second. */
  double write(int count) throws SQLException {
    long start = System.nanoTime();
    connection.setAutoCommit(false);
    for (int i = 0; i < count; i++) {
      String run = AssociationBenchmark.run(i / AssociationBenchmark.DEGREE);
      String item = AssociationBenchmark.item(i);
      add(run, 1, i, item);
      add(item, 2, i, run);
      if (i % BATCH == BATCH - 1) {
        connection.commit();
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private void add(String id1, int type, long time, String id2) throws SQLException {
    insert.setString(1, id1);
    insert.setInt(2, type);
    insert.setLong(3, time);
    insert.setString(4, id2);
    insert.setString(5, "step " + time);
    insert.executeUpdate();
  }

  /** Reads the newest of an id; returns how many there were. */
  int range(int id, int limit) throws SQLException {
    range.setString(1, AssociationBenchmark.run(id));
    range.setInt(2, limit);
    return rows(range);
  }

  /** Looks each up by its name; returns how many there were. */
  int lookUp(int... picks) throws SQLException {
    int found = 0;
    for (int pick : picks) {
      find.setString(1, AssociationBenchmark.run(pick / AssociationBenchmark.DEGREE));
      find.setString(2, AssociationBenchmark.item(pick));
      found += rows(find);
    }
    return found;
  }

  private static int rows(PreparedStatement statement) throws SQLException {
    int rows = 0;
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        if (result.getString(2) != null) {
          rows++;
        }
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
