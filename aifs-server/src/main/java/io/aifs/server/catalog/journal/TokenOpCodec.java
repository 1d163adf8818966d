package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.RevocationRow;
import io.aifs.server.catalog.RevokedName;
import io.aifs.server.catalog.TokenFamilyRow;
import java.time.Instant;

/** Bytes of {@link TokenOp}: codes 0xb0 to 0xb7. */
final class TokenOpCodec {
  /** The first code that belongs to others. */
  static final int END = 0xb8;

  private static final int ADD = 0xb0;
  private static final int REVOKE = 0xb1;
  private static final int USED = 0xb2;
  private static final int FORGET_KEY = 0xb3;

  static int write(TokenOp op, JournalOutput out) {
    return switch (op) {
      case TokenOp.Add(TokenFamilyRow row) -> {
        out.text(row.family());
        out.text(row.keyId());
        out.list(row.caveats(), JournalOutput::text);
        out.instant(row.mintedAt());
        out.text(row.mintedBy());
        out.text(row.note());
        out.optional(row.expiresAt(), JournalOutput::instant);
        yield ADD;
      }
      case TokenOp.Revoke(RevocationRow row) -> {
        out.flag(row.what().kind() == RevokedName.Kind.FAMILY);
        out.text(row.what().name());
        out.instant(row.at());
        out.text(row.who());
        out.text(row.reason());
        yield REVOKE;
      }
      case TokenOp.Used(String family, Instant at) -> {
        out.text(family);
        out.instant(at);
        yield USED;
      }
      case TokenOp.ForgetKey(String file) -> {
        out.text(file);
        yield FORGET_KEY;
      }
    };
  }

  static TokenOp read(int code, JournalInput in) throws JournalMalformedException {
    return switch (code) {
      case ADD ->
          new TokenOp.Add(
              new TokenFamilyRow(
                  in.text(),
                  in.text(),
                  in.list(JournalInput::text),
                  in.instant(),
                  in.text(),
                  in.text(),
                  in.optional(JournalInput::instant)));
      case REVOKE ->
          new TokenOp.Revoke(new RevocationRow(revoked(in), in.instant(), in.text(), in.text()));
      case USED -> new TokenOp.Used(in.text(), in.instant());
      case FORGET_KEY -> new TokenOp.ForgetKey(in.text());
      default -> throw OpCodec.unknown(code);
    };
  }

  private static RevokedName revoked(JournalInput in) throws JournalMalformedException {
    return new RevokedName(in.flag() ? RevokedName.Kind.FAMILY : RevokedName.Kind.TOKEN, in.text());
  }

  private TokenOpCodec() {}
}
