package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Table;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Tokens;
import io.aifs.core.token.TokenFacts;
import java.time.Instant;
import java.util.Optional;

/** How tokens are printed: never so that anybody could use them. */
final class TokenPrinter {
  /** What a token says of itself. */
  static Fields fields(TokenFacts facts) {
    return Fields.of("token_id", facts.tokenId())
        .with("family", facts.family())
        .with("key_id", facts.keyId())
        .with("location", facts.location())
        .with("caveats", facts.caveats())
        .with("not_understood", facts.notUnderstood())
        .with("not_before", facts.notBefore())
        .with("expires_at", facts.expiresAt());
  }

  /** What a server tells of a token, or of a family. */
  static Fields fields(Tokens.TokenInfo info) {
    return Fields.of("token_id", info.tokenId())
        .with("family", info.family())
        .with("key_id", info.keyId())
        .with("caveats", info.caveats())
        .with("expires_at", info.expiresAt())
        .with("minted_at", info.mintedAt())
        .with("minted_by", info.mintedBy())
        .with("note", info.note())
        .with("last_used_at", info.lastUsedAt())
        .with("revoked", info.revoked());
  }

  static Fields fields(Tokens.Revoked one) {
    return Fields.of("token_id", one.tokenId())
        .with("family", one.family())
        .with("revoked_at", one.at())
        .with("revoked_by", one.by())
        .with("reason", one.reason());
  }

  static Table table(TokenFacts facts, Instant now) {
    Table table =
        new Table()
            .row("token", facts.tokenId())
            .row("family", facts.family())
            .row("root key", facts.keyId())
            .row("for", facts.location());
    facts
        .notBefore()
        .ifPresent(at -> table.row("begins", time(at) + (now.isBefore(at) ? ", not yet" : "")));
    table.row(
        "ends",
        facts
            .expiresAt()
            .map(at -> time(at) + (now.isBefore(at) ? "" : ", which has passed"))
            .orElse("never"));
    facts.caveats().forEach(caveat -> table.row("only", caveat));
    return table;
  }

  /** What only a server knows; of its family it tells those who may list tokens. */
  static Table table(Tokens.TokenInfo info) {
    Table table = new Table().row("good", "yes, the store takes it");
    info.mintedAt()
        .ifPresent(
            at ->
                table.row("minted", time(at) + ", by " + info.mintedBy()).row("note", info.note()));
    info.lastUsedAt().ifPresent(at -> table.row("used", time(at) + ", any of the family"));
    return table;
  }

  /** Family, when it was minted, its end, its last use, what it is for. */
  static String line(Tokens.TokenInfo info) {
    return "%-32s  %s  %s  used %s%s  %s"
        .formatted(
            Printable.of(info.family()),
            info.mintedAt().map(SnapshotText::time).orElse("-"),
            info.expiresAt().map(at -> "until " + SnapshotText.time(at)).orElse("without an end"),
            info.lastUsedAt().map(SnapshotText::time).orElse("never"),
            info.revoked() ? "  REVOKED" : "",
            Printable.of(info.note()))
        .stripTrailing();
  }

  static String line(Tokens.Revoked one) {
    return "%s  %-39s  by %s  %s"
        .formatted(
            SnapshotText.time(one.at()),
            one.tokenId().map(id -> "token " + id).orElseGet(() -> "family " + name(one.family())),
            Printable.of(one.by()),
            Printable.of(one.reason()))
        .stripTrailing();
  }

  private static String name(Optional<String> family) {
    return Printable.of(family.orElse(""));
  }

  private static String time(Instant at) {
    return SnapshotText.time(at) + " UTC";
  }

  private TokenPrinter() {}
}
