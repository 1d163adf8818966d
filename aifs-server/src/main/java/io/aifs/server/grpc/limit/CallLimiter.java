package io.aifs.server.grpc.limit;

import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.server.auth.CallLimits;
import io.aifs.server.auth.Caller;
import io.aifs.server.model.CallRates;
import java.util.function.LongSupplier;

/**
 * Lets calls begin as far as their token, its caveats and their namespace allow. What is used is
 * kept in memory, and forgotten with the process. Thread-safe.
 */
public final class CallLimiter {
  /** Tokens, caveats and namespaces whose use is remembered, of each. */
  static final int ACCOUNTS_MAX = 10_000;

  private final Allowance ofToken;
  private final NamespaceRates rates;
  private final LongSupplier nanos;
  private final Accounts<String> families = new Accounts<>(ACCOUNTS_MAX);
  private final Accounts<String> caveats = new Accounts<>(ACCOUNTS_MAX);
  private final Accounts<Long> namespaces = new Accounts<>(ACCOUNTS_MAX);

  /**
   * @param ofToken for each family of tokens
   * @param nanos a clock that only goes on, such as {@link System#nanoTime}
   */
  public CallLimiter(CallRates ofToken, NamespaceRates rates, LongSupplier nanos) {
    this.ofToken = Allowance.of(ofToken);
    this.rates = rates;
    this.nanos = nanos;
  }

  /**
   * Lets a call begin; its ticket is to be closed when it is over.
   *
   * @throws AifsException.LimitExceeded if its token is used too much
   */
  public CallTicket begin(Caller caller) {
    CallTicket ticket = new CallTicket(this, caller.limits().callBytesMax());
    try {
      enter(ticket, families, caller.family(), ofToken, Subject.Token.TOKEN);
      for (CallLimits.Rate rate : caller.limits().rates()) {
        enter(ticket, caveats, rate.bucket(), Allowance.of(rate), new Subject.Caveat(rate));
      }
    } catch (AifsException.LimitExceeded e) {
      ticket.close();
      throw e;
    }
    return ticket;
  }

  void enterNamespace(CallTicket ticket, long number, Name name) {
    enter(ticket, namespaces, number, Allowance.of(rates.of(number)), new Subject.Namespace(name));
  }

  private <K> void enter(
      CallTicket ticket, Accounts<K> accounts, K key, Allowance allowance, Subject subject) {
    if (allowance.isNone()) {
      return;
    }
    switch (accounts.enter(key, allowance, nanos.getAsLong())) {
      case Entry.Entered(Account account) ->
          ticket.entered(account, subject, allowance.bytesPerSecond() > 0);
      case Entry.Refused refused -> throw subject.failure(refused);
    }
  }

  long now() {
    return nanos.getAsLong();
  }
}
