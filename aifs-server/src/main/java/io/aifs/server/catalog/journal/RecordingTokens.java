package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.RevocationRow;
import io.aifs.server.catalog.RevokedName;
import io.aifs.server.catalog.TokenFamilyRow;
import io.aifs.server.catalog.TokenWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Records changes of tokens. */
record RecordingTokens(TokenWriter writer, Consumer<JournalOp> ops) implements TokenWriter {
  @Override
  public void add(TokenFamilyRow row) {
    writer.add(row);
    ops.accept(new TokenOp.Add(row));
  }

  @Override
  public boolean revoke(RevocationRow row) {
    boolean changed = writer.revoke(row);
    if (changed) {
      ops.accept(new TokenOp.Revoke(row));
    }
    return changed;
  }

  @Override
  public void used(String family, Instant at) {
    writer.used(family, at);
    ops.accept(new TokenOp.Used(family, at));
  }

  @Override
  public void forgetKey(String file) {
    writer.forgetKey(file);
    ops.accept(new TokenOp.ForgetKey(file));
  }

  @Override
  public Optional<TokenFamilyRow> find(String family) {
    return writer.find(family);
  }

  @Override
  public List<TokenFamilyRow> families(Optional<String> before, int limit) {
    return writer.families(before, limit);
  }

  @Override
  public List<String> mintedBy(String family) {
    return writer.mintedBy(family);
  }

  @Override
  public boolean isRevoked(RevokedName what) {
    return writer.isRevoked(what);
  }

  @Override
  public List<RevocationRow> revocations(Optional<RevokedName> before, int limit) {
    return writer.revocations(before, limit);
  }

  @Override
  public Optional<Instant> lastUse(String family) {
    return writer.lastUse(family);
  }
}
