package io.aifs.server.engine.token;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.crypto.Macaroon;
import io.aifs.server.auth.Caveat;
import io.aifs.server.auth.TokenKeys;
import io.aifs.server.auth.TokenName;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.auth.VerifiedToken;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.RevokedName;
import io.aifs.server.catalog.TokenFamilyRow;
import io.aifs.server.engine.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes tokens. The store keeps what a token says and never the token: whoever has the root key can
 * make the same one again from that. Thread-safe.
 */
public final class TokenMint {
  /** How long a token lasts unless its minter says. */
  public static final Duration LIFETIME = Duration.ofDays(30);

  /** How long the holder's own token lasts. */
  public static final Duration ADMIN_LIFETIME = Duration.ofDays(90);

  public static final int CAVEATS_MAX = 100;
  public static final int NOTE_BYTES_MAX = 1_024;

  private static final System.Logger LOG = System.getLogger(TokenMint.class.getName());

  private final Catalog catalog;
  private final TokenKeys keys;
  private final TokenVerifier verifier;
  private final String storeId;
  private final Clock clock;
  private final Supplier<String> families;

  /**
   * @param families gives each family a new name, of 32 hexadecimal digits
   */
  public TokenMint(
      Catalog catalog,
      TokenKeys keys,
      TokenVerifier verifier,
      String storeId,
      Clock clock,
      Supplier<String> families) {
    this.catalog = catalog;
    this.keys = keys;
    this.verifier = verifier;
    this.storeId = storeId;
    this.clock = clock;
    this.families = families;
  }

  /**
   * A token that is asked for.
   *
   * @param inherited the caveats of the token that asks, which come first: nobody mints what allows
   *     more
   * @param caveats more of them
   * @param by the family of the token that asks
   */
  public record Order(List<String> inherited, List<String> caveats, String by, String note) {
    public Order {
      inherited = List.copyOf(inherited);
      caveats = List.copyOf(caveats);
      if (caveats.size() > CAVEATS_MAX) {
        throw limit("caveats", caveats.size() + " caveats, over " + CAVEATS_MAX, "ask for fewer");
      }
      if (note.getBytes(StandardCharsets.UTF_8).length > NOTE_BYTES_MAX) {
        throw limit("note", "the note is over " + NOTE_BYTES_MAX + " bytes", "shorten it");
      }
    }
  }

  /**
   * A token, to be told to nobody but who asked for it.
   *
   * @param text the token itself
   */
  public record Minted(String text, VerifiedToken token, TokenFamilyRow row) {
    @Override
    public String toString() {
      return "Minted[" + row.family() + "]";
    }
  }

  /**
   * Mints a token, which lasts 30 days if nothing ends it before. A repeated request gets the same
   * token again.
   *
   * @throws AifsException.InvalidRequest if a caveat is none, or the token would allow nothing
   * @throws AifsException.Precondition if a repeated request comes after its root key was retired
   */
  public Minted mint(Order order, Optional<WriteRequest> request) {
    order.caveats().forEach(TokenMint::requireKnown);
    Instant now = clock.instant();
    TokenFamilyRow draft = draft(order, now);
    TokenFamilyRow row =
        catalog.write(
            writer ->
                WriteRequest.once(
                    request,
                    writer,
                    now,
                    TokenFamilyRow::family,
                    family -> writer.tokens().find(family).orElseThrow(), // none is taken away
                    () -> {
                      requireNotRevoked(writer, order.by());
                      writer.tokens().add(draft);
                      return draft;
                    }));
    return again(row);
  }

  /** The holder's own token, which allows everything for 90 days. */
  public Minted mintAdmin() {
    Instant now = clock.instant();
    List<String> caveats = List.of(expires(now.plus(ADMIN_LIFETIME)));
    TokenFamilyRow row = row("admin-" + families.get().substring(16), caveats, now, "", "");
    try {
      var _ =
          catalog.write(
              writer -> {
                writer.tokens().add(row);
                return row;
              });
    } catch (AifsException e) {
      // It is for whoever must make room on a full disk, too.
      LOG.log(System.Logger.Level.WARNING, "the admin token is not listed: " + e.getMessage());
    }
    return again(row);
  }

  private TokenFamilyRow draft(Order order, Instant now) {
    List<String> caveats = new ArrayList<>(order.inherited());
    caveats.addAll(order.caveats());
    String family = families.get();
    TokenFamilyRow row = row(family, caveats, now, order.by(), order.note());
    if (order.caveats().stream().noneMatch(caveat -> caveat.startsWith("expires = "))) {
      Instant end = now.plus(LIFETIME);
      if (row.expiresAt().isEmpty() || row.expiresAt().get().isAfter(end)) {
        caveats.add(expires(end));
        row = row(family, caveats, now, order.by(), order.note());
      }
    }
    VerifiedToken token = again(row).token();
    if (token.allowsNothing() || token.expiresAt().filter(now::isBefore).isEmpty()) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "caveats",
          "with these caveats, and those of your own token, the token would allow nothing",
          "leave out those that contradict each other");
    }
    return row;
  }

  private TokenFamilyRow row(
      String family, List<String> caveats, Instant now, String by, String note) {
    TokenName name = new TokenName(keys.newest(), family);
    VerifiedToken token = token(macaroon(name, caveats));
    return new TokenFamilyRow(
        family, Integer.toString(name.key()), caveats, now, by, note, token.expiresAt());
  }

  /** The token of a row, as it was the first time. */
  private Minted again(TokenFamilyRow row) {
    TokenName name = new TokenName(Integer.parseInt(row.keyId()), row.family());
    Macaroon macaroon = macaroon(name, row.caveats());
    return new Minted(macaroon.serialize(), token(macaroon), row);
  }

  private VerifiedToken token(Macaroon macaroon) {
    return verifier.authentic(macaroon.serialize());
  }

  private Macaroon macaroon(TokenName name, List<String> caveats) {
    byte[] rootKey = keys.find(name.key()).orElseThrow(TokenMint::retired);
    try {
      return Macaroon.mint(rootKey, name.identifier(), "aifs:" + storeId, caveats);
    } catch (IllegalArgumentException e) {
      throw limit("caveats", "caveats: " + e.getMessage(), "ask for fewer or shorter ones");
    }
  }

  /** So that what is revoked along with all that it minted has minted nothing since. */
  private static void requireNotRevoked(CatalogReader reader, String family) {
    if (reader.tokens().isRevoked(new RevokedName(RevokedName.Kind.FAMILY, family))) {
      throw new AifsException.Denied(
          Reason.TOKEN_REVOKED,
          "the token was revoked",
          "get a new token from whoever runs the store");
    }
  }

  private static void requireKnown(String caveat) {
    try {
      var _ = Caveat.parse(caveat);
    } catch (IllegalArgumentException e) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "caveats",
          "'" + shortened(caveat) + "': " + e.getMessage(),
          "docs/format/token.md lists what a caveat can be");
    }
  }

  private static String shortened(String caveat) {
    return caveat.length() <= Limits.REQUEST_ID_BYTES_MAX
        ? caveat
        : caveat.substring(0, Limits.REQUEST_ID_BYTES_MAX) + "...";
  }

  private static String expires(Instant at) {
    return "expires = " + at.truncatedTo(ChronoUnit.SECONDS);
  }

  private static AifsException.InvalidRequest limit(String field, String message, String hint) {
    return new AifsException.InvalidRequest(Reason.LIMIT_EXCEEDED, field, message, hint);
  }

  private static AifsException.Precondition retired() {
    return new AifsException.Precondition(
        Reason.TOKEN_REVOKED,
        "the token of this request was minted before, and its root key was retired since",
        "mint a new one with a new request id");
  }
}
