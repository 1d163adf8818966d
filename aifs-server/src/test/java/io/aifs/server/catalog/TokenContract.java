package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Families of tokens, and what was revoked. */
public abstract class TokenContract extends CatalogContract {
  private static final RevokedName FAMILY = new RevokedName(RevokedName.Kind.FAMILY, "a");
  private static final RevokedName TOKEN = new RevokedName(RevokedName.Kind.TOKEN, "a");

  private static TokenFamilyRow row(String family, String mintedBy, String... caveats) {
    return new TokenFamilyRow(
        family, "2", List.of(caveats), NOON, mintedBy, "für CI", Optional.of(NOON.plusSeconds(9)));
  }

  private static RevocationRow revoked(RevokedName what) {
    return new RevocationRow(what, NOON, "admin-1", "größer");
  }

  private <T> T tokens(Function<TokenReader, T> look) {
    return catalog.read(reader -> look.apply(reader.tokens()));
  }

  @Test
  void familyIsKeptWithItsCaveatsInOrder() {
    TokenFamilyRow row = row("a", "admin-1", "path = b", "path = a", "größe");
    TokenFamilyRow bare = new TokenFamilyRow("b", "1", List.of(), NOON, "", "", Optional.empty());
    change(writer -> writer.tokens().add(row));
    change(writer -> writer.tokens().add(bare));
    reopen();

    assertThat(this.<Optional<TokenFamilyRow>>tokens(reader -> reader.find("a"))).contains(row);
    assertThat(this.<Optional<TokenFamilyRow>>tokens(reader -> reader.find("b"))).contains(bare);
    assertThat(this.<Optional<TokenFamilyRow>>tokens(reader -> reader.find("c"))).isEmpty();
    assertThatThrownBy(() -> change(writer -> writer.tokens().add(row("a", ""))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void familiesAreListedNewestFirst() {
    List<TokenFamilyRow> rows = List.of(row("b", ""), row("a", "b", "x = y"), row("c", "b"));
    rows.forEach(row -> change(writer -> writer.tokens().add(row)));

    assertThat(this.<List<TokenFamilyRow>>tokens(reader -> reader.families(Optional.empty(), 2)))
        .containsExactly(rows.get(2), rows.get(1));
    assertThat(this.<List<TokenFamilyRow>>tokens(reader -> reader.families(Optional.of("a"), 9)))
        .containsExactly(rows.get(0));
    assertThat(this.<List<TokenFamilyRow>>tokens(reader -> reader.families(Optional.of("z"), 9)))
        .isEmpty();
    assertThat(this.<List<String>>tokens(reader -> reader.mintedBy("b"))).containsExactly("a", "c");
  }

  @Test
  void whatIsRevokedStaysSo() {
    assertThat(catalog.<Boolean>write(writer -> writer.tokens().revoke(revoked(FAMILY)))).isTrue();
    assertThat(
            catalog.<Boolean>write(
                writer ->
                    writer.tokens().revoke(new RevocationRow(FAMILY, NOON, "other", "later"))))
        .isFalse();
    assertThat(this.<Boolean>tokens(reader -> reader.isRevoked(TOKEN))).isFalse();
    change(writer -> assertThat(writer.tokens().revoke(revoked(TOKEN))).isTrue());
    reopen();

    assertThat(this.<Boolean>tokens(reader -> reader.isRevoked(FAMILY))).isTrue();
    assertThat(this.<Boolean>tokens(reader -> reader.isRevoked(TOKEN))).isTrue();
    assertThat(this.<List<RevocationRow>>tokens(reader -> reader.revocations(Optional.empty(), 9)))
        .containsExactly(revoked(TOKEN), revoked(FAMILY));
    assertThat(
            this.<List<RevocationRow>>tokens(reader -> reader.revocations(Optional.of(TOKEN), 9)))
        .containsExactly(revoked(FAMILY));
  }

  @Test
  void lastUseOnlyMovesOn() {
    assertThat(this.<Optional<Instant>>tokens(reader -> reader.lastUse("a"))).isEmpty();
    change(writer -> writer.tokens().used("a", NOON));
    change(writer -> writer.tokens().used("a", NOON.minusSeconds(5)));
    assertThat(this.<Optional<Instant>>tokens(reader -> reader.lastUse("a"))).contains(NOON);
    change(writer -> writer.tokens().used("a", NOON.plusSeconds(5)));
    assertThat(this.<Optional<Instant>>tokens(reader -> reader.lastUse("a")))
        .contains(NOON.plusSeconds(5));
  }

  @Test
  void forgottenKeyHasNoCopy() {
    change(writer -> writer.ledger().putKeyFile("keys/store/token-1.key", new byte[] {1}));
    change(writer -> writer.ledger().putKeyFile("keys/store/token-2.key", new byte[] {2}));
    change(writer -> writer.tokens().forgetKey("keys/store/token-1.key"));
    change(writer -> writer.tokens().forgetKey("keys/store/token-1.key"));

    assertThat(catalog.<Integer>read(reader -> reader.ledger().keyFiles().size())).isEqualTo(1);
  }
}
