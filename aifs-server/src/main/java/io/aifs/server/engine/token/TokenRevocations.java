package io.aifs.server.engine.token;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Revocations;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.RevocationRow;
import io.aifs.server.catalog.RevokedName;
import io.aifs.server.catalog.RevokedName.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes tokens back: durable, and at once for the calls that come next. Thread-safe. */
public final class TokenRevocations {
  private static final int ROWS_AT_A_TIME = 1_000;

  private final Catalog catalog;
  private final TokenFamilies families;
  private final Revocations revocations;
  private final Clock clock;

  /**
   * @param revocations is told of all there are, and of each that is added
   */
  public TokenRevocations(
      Catalog catalog, TokenFamilies families, Revocations revocations, Clock clock) {
    this.catalog = catalog;
    this.families = families;
    this.revocations = revocations;
    this.clock = clock;
  }

  /** Reads what was revoked before. No token may be verified until this returns. */
  public void load() {
    Optional<RevokedName> before = Optional.empty();
    while (true) {
      List<RevocationRow> rows = list(before, ROWS_AT_A_TIME);
      rows.forEach(row -> tell(row.what()));
      if (rows.size() < ROWS_AT_A_TIME) {
        return;
      }
      before = Optional.of(rows.getLast().what());
    }
  }

  private void tell(RevokedName what) {
    switch (what.kind()) {
      case FAMILY -> revocations.addFamily(what.name());
      case TOKEN -> revocations.addToken(what.name());
    }
  }

  /**
   * What to revoke.
   *
   * @param alsoMinted also the families that a family minted, and those that they did, and so on
   */
  public record Order(RevokedName what, boolean alsoMinted, String reason) {
    public Order {
      if (reason.getBytes(StandardCharsets.UTF_8).length > Limits.REASON_BYTES_MAX) {
        throw invalid(
            Reason.LIMIT_EXCEEDED,
            "reason",
            "the reason is over " + Limits.REASON_BYTES_MAX + " bytes",
            "shorten it");
      }
      if (what.kind() == Kind.TOKEN && alsoMinted) {
        throw invalid(
            Reason.ARGUMENT_INVALID,
            "also_minted",
            "also_minted is about a family, and the request names one token",
            "revoke the family, or leave it out");
      }
      if (what.kind() == Kind.TOKEN && !what.name().matches("[0-9a-f]{32}")) {
        throw invalid(
            Reason.ARGUMENT_INVALID,
            "token_id",
            "a token's id is 32 hexadecimal digits in lower case",
            "'aifs token inspect' shows it");
      }
    }
  }

  /**
   * Revokes. What is revoked already stays as it is.
   *
   * @return how many families, or tokens, were not revoked before
   * @throws AifsException.NotFound if there is no such family, or not for this caller
   * @throws AifsException.Denied if the caller's token names namespaces, and it names a token:
   *     nothing tells in which namespaces that one is good
   */
  public int revoke(Caller caller, Order order) {
    if (order.what().kind() == Kind.TOKEN && caller.namespaces().isPresent()) {
      throw new AifsException.Denied(
          Reason.TOKEN_NOT_ALLOWED,
          "a single token is revoked with a token that names no namespaces",
          "revoke the family that it is of, or ask whoever runs the store");
    }
    Instant now = clock.instant();
    Set<RevokedName> added = catalog.write(writer -> revoke(writer, caller, order, now));
    added.forEach(this::tell);
    return added.size();
  }

  private Set<RevokedName> revoke(CatalogWriter writer, Caller caller, Order order, Instant now) {
    if (order.what().kind() == Kind.FAMILY) {
      families.requireKnown(writer, caller, order.what().name());
    }
    Set<RevokedName> added = new LinkedHashSet<>();
    Set<RevokedName> seen = new LinkedHashSet<>();
    Deque<RevokedName> left = new ArrayDeque<>(List.of(order.what()));
    while (!left.isEmpty()) {
      RevokedName what = left.removeFirst();
      if (!seen.add(what)) {
        continue;
      }
      if (writer.tokens().revoke(new RevocationRow(what, now, caller.family(), order.reason()))) {
        added.add(what);
      }
      if (order.alsoMinted()) {
        writer
            .tokens()
            .mintedBy(what.name())
            .forEach(family -> left.addLast(new RevokedName(Kind.FAMILY, family)));
      }
    }
    return added;
  }

  /** Newest first, those before {@code before}. */
  public List<RevocationRow> list(Optional<RevokedName> before, int limit) {
    return catalog.read(reader -> reader.tokens().revocations(before, limit));
  }

  private static AifsException.InvalidRequest invalid(
      Reason reason, String field, String message, String hint) {
    return new AifsException.InvalidRequest(reason, field, message, hint);
  }
}
