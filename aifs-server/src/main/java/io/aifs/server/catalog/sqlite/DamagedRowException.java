package io.aifs.server.catalog.sqlite;

import java.sql.SQLException;

/** A row that the database read without complaint and that cannot be what was written. */
final class DamagedRowException extends SQLException {
  private static final int CORRUPT = 11;

  DamagedRowException(String what) {
    super(what, null, CORRUPT);
  }
}
