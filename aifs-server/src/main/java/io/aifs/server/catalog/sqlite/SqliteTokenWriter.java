package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.RevocationRow;
import io.aifs.server.catalog.TokenFamilyRow;
import io.aifs.server.catalog.TokenWriter;
import java.time.Instant;

/** Adds families of tokens and revocations. */
final class SqliteTokenWriter extends SqliteTokenReader implements TokenWriter {
  SqliteTokenWriter(Session session) {
    super(session);
  }

  @Override
  public void add(TokenFamilyRow row) {
    if (find(row.family()).isPresent()) {
      throw new IllegalStateException("there is a family of tokens " + row.family());
    }
    long number = next("token_family");
    session.update(
        "INSERT INTO token_family"
            + " (number, family, key_id, minted_at, minted_by, note, expires_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        number,
        row.family(),
        row.keyId(),
        Nanos.of(row.mintedAt()),
        row.mintedBy(),
        row.note(),
        row.expiresAt().map(Nanos::ofNearest).orElse(null));
    int position = 0;
    for (String caveat : row.caveats()) {
      session.update(
          "INSERT INTO token_caveat (number, position, caveat) VALUES (?, ?, ?)",
          number,
          position++,
          caveat);
    }
  }

  @Override
  public boolean revoke(RevocationRow row) {
    if (isRevoked(row.what())) {
      return false;
    }
    session.update(
        "INSERT INTO revoked_token (number, whole, name, revoked_at, who, reason)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        next("revoked_token"),
        whole(row.what()),
        row.what().name(),
        Nanos.of(row.at()),
        row.who(),
        row.reason());
    return true;
  }

  /** The number that follows the highest: no row is ever taken away. */
  private long next(String table) {
    return session
        .first("SELECT coalesce(max(number), 0) + 1 FROM " + table, row -> row.integer(1))
        .orElseThrow();
  }

  @Override
  public void used(String family, Instant at) {
    session.update(
        "INSERT INTO token_use (family, used_at) VALUES (?, ?) ON CONFLICT (family)"
            + " DO UPDATE SET used_at = max(used_at, excluded.used_at)",
        family,
        Nanos.of(at));
  }

  @Override
  public void forgetKey(String file) {
    session.update("DELETE FROM key_file WHERE name = ?", file);
  }
}
