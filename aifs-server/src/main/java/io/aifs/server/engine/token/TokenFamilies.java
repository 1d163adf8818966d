package io.aifs.server.engine.token;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Caveat;
import io.aifs.server.auth.TokenState;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.TokenFamilyRow;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was minted, as callers may see it: one whose token names namespaces knows of families that
 * name no others. Thread-safe.
 */
public final class TokenFamilies {
  private static final int ROWS_AT_A_TIME = 1_000;

  /** A call ends here, with or without enough to show: the next goes on. */
  private static final int LOOKED_MAX = 20_000;

  private final Catalog catalog;
  private final TokenState state;
  private final Clock clock;

  public TokenFamilies(Catalog catalog, TokenState state, Clock clock) {
    this.catalog = catalog;
    this.state = state;
    this.clock = clock;
  }

  /**
   * A family.
   *
   * @param lastUse of any of its tokens
   * @param revoked it, or the root key that it descends from
   */
  public record Family(TokenFamilyRow row, Optional<Instant> lastUse, boolean revoked) {}

  /**
   * Some families.
   *
   * @param last where the next page begins; empty if there are no more
   */
  public record Page(List<Family> families, Optional<String> last) {
    public Page {
      families = List.copyOf(families);
    }
  }

  /**
   * Which families to show.
   *
   * @param mintedBy only those that this family minted
   * @param all also those that are revoked or have expired
   */
  public record Filter(Optional<String> mintedBy, boolean all) {}

  /** Newest first. A page may be short, or empty, and not the last. */
  public Page list(Caller caller, Filter filter, Optional<String> before, int limit) {
    return catalog.read(reader -> list(reader, caller, filter, before, limit));
  }

  private Page list(
      CatalogReader reader, Caller caller, Filter filter, Optional<String> before, int limit) {
    List<Family> found = new ArrayList<>();
    Optional<String> last = before;
    for (int looked = 0; looked < LOOKED_MAX; looked += ROWS_AT_A_TIME) {
      List<TokenFamilyRow> rows = reader.tokens().families(last, ROWS_AT_A_TIME);
      for (TokenFamilyRow row : rows) {
        if (found.size() == limit) {
          return new Page(found, last);
        }
        last = Optional.of(row.family());
        if (isVisible(caller, row) && fits(row, filter)) {
          found.add(family(reader, row));
        }
      }
      if (rows.size() < ROWS_AT_A_TIME) {
        return new Page(found, Optional.empty());
      }
    }
    return new Page(found, last);
  }

  private boolean fits(TokenFamilyRow row, Filter filter) {
    if (filter.mintedBy().filter(by -> !by.equals(row.mintedBy())).isPresent()) {
      return false;
    }
    return filter.all()
        || !(isRevoked(row)
            || row.expiresAt().filter(at -> !clock.instant().isBefore(at)).isPresent());
  }

  /** A family, if it was minted by this store since stores keep that. */
  public Optional<Family> find(String family) {
    return catalog.read(reader -> reader.tokens().find(family).map(row -> family(reader, row)));
  }

  /** When any token of a family was used last, of any family. */
  public Optional<Instant> lastUse(String family) {
    return catalog.read(reader -> lastUse(reader, family));
  }

  private Family family(CatalogReader reader, TokenFamilyRow row) {
    return new Family(row, lastUse(reader, row.family()), isRevoked(row));
  }

  private Optional<Instant> lastUse(CatalogReader reader, String family) {
    // What is in memory is never older than what was written from it.
    return state.use().last(family).or(() -> reader.tokens().lastUse(family));
  }

  private boolean isRevoked(TokenFamilyRow row) {
    return state.revocations().hasFamily(row.family())
        || !state.keys().has(Integer.parseInt(row.keyId()));
  }

  /**
   * Returns if the caller may know of this family.
   *
   * @throws AifsException.NotFound otherwise, and if there is none: a mistyped name is not revoked
   */
  void requireKnown(CatalogReader reader, Caller caller, String family) {
    Optional<TokenFamilyRow> row = reader.tokens().find(family);
    boolean known =
        row.isPresent()
            ? isVisible(caller, row.get())
            : caller.namespaces().isEmpty()
                && (family.startsWith("admin-") || lastUse(reader, family).isPresent());
    if (!known) {
      throw new AifsException.NotFound(
          Reason.TOKEN_NOT_FOUND,
          "there is no family of tokens '" + family + "'",
          "'aifs token list --all' shows those that were minted");
    }
  }

  private static boolean isVisible(Caller caller, TokenFamilyRow row) {
    if (caller.namespaces().isEmpty()) {
      return true;
    }
    Set<Name> own = caller.namespaces().get();
    return row.caveats().stream()
        .filter(caveat -> caveat.startsWith("namespace = "))
        .map(Caveat::parse)
        .anyMatch(
            caveat -> caveat instanceof Caveat.Namespaces(Set<Name> all) && own.containsAll(all));
  }
}
