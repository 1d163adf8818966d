package io.aifs.server.catalog;

import java.time.Instant;

/** Adds tokens and revocations; none is ever taken away. */
public interface TokenWriter extends TokenReader {
  /**
   * @throws IllegalStateException if there is a family of that name
   */
  void add(TokenFamilyRow row);

  /** Returns false, changing nothing, if that is revoked already. */
  boolean revoke(RevocationRow row);

  /** Notes a use; an earlier one than is noted changes nothing. */
  void used(String family, Instant at);

  /**
   * Drops the copy of a root key's file, so that it is not put back. No error if there is none.
   *
   * @param file its name, as {@link LedgerReader#keyFiles} has it
   */
  void forgetKey(String file);
}
