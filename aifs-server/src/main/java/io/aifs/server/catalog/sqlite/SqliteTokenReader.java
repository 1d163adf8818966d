package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.RevocationRow;
import io.aifs.server.catalog.RevokedName;
import io.aifs.server.catalog.TokenFamilyRow;
import io.aifs.server.catalog.TokenReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Families of tokens, numbered in the order in which they were minted, and what was revoked. */
class SqliteTokenReader implements TokenReader {
  private static final String FAMILY =
      "SELECT family, key_id, number, minted_at, minted_by, note, expires_at FROM token_family ";
  private static final String ALL = " ORDER BY number DESC LIMIT ?";

  final Session session;

  SqliteTokenReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<TokenFamilyRow> find(String family) {
    return session.first(FAMILY + "WHERE family = ?", this::family, family);
  }

  @Override
  public List<TokenFamilyRow> families(Optional<String> before, int limit) {
    if (before.isEmpty()) {
      return session.list(FAMILY + ALL, this::family, Page.limit(limit));
    }
    return session.list(
        FAMILY + "WHERE number < (SELECT number FROM token_family WHERE family = ?)" + ALL,
        this::family,
        before.get(),
        Page.limit(limit));
  }

  private TokenFamilyRow family(Row row) throws SQLException {
    return new TokenFamilyRow(
        row.text(1),
        row.text(2),
        caveats(row.integer(3)),
        Nanos.instant(row.integer(4)),
        row.text(5),
        row.text(6),
        row.value(7) == null ? Optional.empty() : Optional.of(Nanos.instant(row.integer(7))));
  }

  private List<String> caveats(long number) {
    return session.list(
        "SELECT caveat FROM token_caveat WHERE number = ? ORDER BY position",
        row -> row.text(1),
        number);
  }

  @Override
  public List<String> mintedBy(String family) {
    return session.list(
        "SELECT family FROM token_family WHERE minted_by = ? ORDER BY number",
        row -> row.text(1),
        family);
  }

  @Override
  public boolean isRevoked(RevokedName what) {
    return session.exists(
        "SELECT 1 FROM revoked_token WHERE whole = ? AND name = ?", whole(what), what.name());
  }

  @Override
  public List<RevocationRow> revocations(Optional<RevokedName> before, int limit) {
    String rows = "SELECT whole, name, revoked_at, who, reason FROM revoked_token ";
    if (before.isEmpty()) {
      return session.list(rows + ALL, SqliteTokenReader::revocation, Page.limit(limit));
    }
    return session.list(
        rows
            + "WHERE number < (SELECT number FROM revoked_token WHERE whole = ? AND name = ?)"
            + ALL,
        SqliteTokenReader::revocation,
        whole(before.get()),
        before.get().name(),
        Page.limit(limit));
  }

  private static RevocationRow revocation(Row row) throws SQLException {
    return new RevocationRow(
        new RevokedName(
            row.flag(1) ? RevokedName.Kind.FAMILY : RevokedName.Kind.TOKEN, row.text(2)),
        Nanos.instant(row.integer(3)),
        row.text(4),
        row.text(5));
  }

  static int whole(RevokedName what) {
    return what.kind() == RevokedName.Kind.FAMILY ? 1 : 0;
  }

  @Override
  public Optional<Instant> lastUse(String family) {
    return session.first(
        "SELECT used_at FROM token_use WHERE family = ?",
        row -> Nanos.instant(row.integer(1)),
        family);
  }
}
