package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.RevocationRow;
import io.aifs.server.catalog.TokenFamilyRow;
import java.time.Instant;

/** Changes of tokens; each as the method of {@code TokenWriter} that has its name. */
public sealed interface TokenOp extends JournalOp {
  record Add(TokenFamilyRow row) implements TokenOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tokens().add(row);
    }
  }

  record Revoke(RevocationRow row) implements TokenOp {
    @Override
    public void apply(CatalogWriter writer) {
      var _ = writer.tokens().revoke(row);
    }
  }

  record Used(String family, Instant at) implements TokenOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tokens().used(family, at);
    }
  }

  record ForgetKey(String file) implements TokenOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.tokens().forgetKey(file);
    }
  }
}
