package io.aifs.server.grpc.limit;

/** What becomes of a call that comes to an {@link Account}. */
sealed interface Entry {
  /** It may go on, and is to leave the account in the end. */
  record Entered(Account account) implements Entry {}

  /**
   * It may not.
   *
   * @param what there is too much of
   * @param most how much there may be
   * @param waitNanos when it may, as far as anybody knows
   */
  record Refused(What what, long most, long waitNanos) implements Entry {}

  /** What there can be too much of. */
  enum What {
    CALLS,
    CONCURRENT_CALLS,
    BYTES,
    SEARCHES
  }
}
