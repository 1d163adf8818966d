package io.aifs.server.grpc.limit;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What one call uses, from its beginning to its end. Thread-safe. */
public final class CallTicket implements AutoCloseable {
  private static final long NO_NAMESPACE = -1;

  private final CallLimiter limiter;
  private final long bytesMax;
  private final List<Entered> entered = new ArrayList<>(2);
  private final List<Account> paying = new ArrayList<>(2);
  private long namespace = NO_NAMESPACE;
  private long received;
  private long sent;
  private boolean closed;

  CallTicket(CallLimiter limiter, OptionalLong bytesMax) {
    this.limiter = limiter;
    this.bytesMax = bytesMax.orElse(Long.MAX_VALUE);
  }

  /**
   * Says in which namespace the call works. It is charged once, however often this is asked, and
   * for what the call has carried before, too.
   *
   * @throws AifsException.LimitExceeded if the namespace is used too much
   */
  public synchronized void enterNamespace(long number, Name name) {
    if (number != namespace && !closed) {
      limiter.enterNamespace(this, number, name);
      namespace = number;
    }
  }

  /** An account, and whose it is. */
  private record Entered(Account account, Subject subject) {}

  synchronized void entered(Account account, Subject subject, boolean pays) {
    entered.add(new Entered(account, subject));
    if (pays) {
      paying.add(account);
      if (received + sent > 0) {
        account.carried(received + sent, limiter.now());
      }
    }
  }

  /**
   * Counts the queries of a search, before it is made. To be asked once the namespace is entered.
   *
   * @throws AifsException.LimitExceeded if its token or its namespace is searched too much; then
   *     none is counted
   */
  public synchronized void search(int queries) {
    long now = limiter.now();
    for (int i = 0; i < entered.size(); i++) {
      Optional<Entry.Refused> refused = entered.get(i).account().search(queries, now);
      if (refused.isPresent()) {
        entered.subList(0, i).forEach(one -> one.account().searchedInVain(queries, now));
        throw entered.get(i).subject().failure(refused.get());
      }
    }
  }

  /**
   * Counts a message of the client.
   *
   * @throws AifsException.LimitExceeded if the call may not carry so much
   */
  public synchronized void received(long bytes) {
    received += bytes;
    carried(bytes, received);
  }

  /**
   * Counts a message to the client, before it is sent.
   *
   * @throws AifsException.LimitExceeded if the call may not carry so much
   */
  public synchronized void sent(long bytes) {
    sent += bytes;
    carried(bytes, sent);
  }

  private void carried(long bytes, long inAll) {
    if (!paying.isEmpty()) {
      long now = limiter.now();
      paying.forEach(account -> account.carried(bytes, now));
    }
    if (inAll > bytesMax) {
      throw new AifsException.LimitExceeded(
          Reason.CALL_BYTES_EXCEEDED,
          "the call carries over "
              + bytesMax
              + " bytes in one direction, which is all that its token allows (caveat max-bytes)",
          "ask for a smaller range or fewer entries, or use a token that allows more");
    }
  }

  /** The call is over; may be said more than once. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      entered.forEach(one -> one.account().leave());
    }
  }
}
