package io.aifs.server.grpc.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.server.auth.CallLimits;
import io.aifs.server.auth.Caller;
import io.aifs.server.auth.Permission;
import io.aifs.server.auth.Restrictions;
import io.aifs.server.model.CallRates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CallLimiterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Name TEAM = new Name("team");

  private final Map<Long, CallRates> namespaces = new HashMap<>();
  private long now;

  private CallLimiter limiter(CallRates ofToken) {
    return new CallLimiter(
        ofToken, number -> namespaces.getOrDefault(number, CallRates.NONE), () -> now);
  }

  private static Caller caller(String family, CallLimits limits) {
    return new Caller(
        family,
        family,
        EnumSet.allOf(Permission.class),
        Optional.empty(),
        Restrictions.NONE,
        limits);
  }

  private static Caller caller(String family) {
    return caller(family, CallLimits.NONE);
  }

  private static Caller withRate(String family, CallLimits.Rate... rates) {
    return caller(family, new CallLimits(OptionalLong.empty(), List.of(rates)));
  }

  private static AifsException.LimitExceeded refused(Reason reason, ThrowingCallable call) {
    AifsException.LimitExceeded refusal =
        catchThrowableOfType(AifsException.LimitExceeded.class, call);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
    return refusal;
  }

  @Test
  void tokenMakesSoManyCallsASecondAndIsToldWhenToTryAgain() {
    CallLimiter limiter = limiter(new CallRates(2, 0, 0, 0));
    limiter.begin(caller("a")).close();
    limiter.begin(caller("a")).close();

    AifsException.LimitExceeded refusal =
        refused(Reason.RATE_LIMITED, () -> limiter.begin(caller("a")));
    assertThat(refusal).hasMessageContaining("2 calls in 1 s");
    assertThat(refusal).hasMessageContaining("limits_token_calls_per_second");
    assertThat(refusal.retryAfterMillis()).isEqualTo(500);

    now += SECOND / 2;
    limiter.begin(caller("a")).close();
  }

  @Test
  void tokenOverItsLimitTakesNothingFromAnotherNorFromTheNamespace() {
    CallLimiter limiter = limiter(new CallRates(2, 0, 0, 0));
    namespaces.put(1L, new CallRates(4, 0, 0, 0));
    int served = 0;
    for (int call = 0; call < 100; call++) {
      try (CallTicket ticket = limiter.begin(caller("noisy"))) {
        ticket.enterNamespace(1, TEAM);
        served++;
      } catch (AifsException.LimitExceeded e) {
        assertThat(e).hasMessageContaining("the token");
      }
    }
    assertThat(served).isEqualTo(2);

    for (int call = 0; call < 2; call++) {
      try (CallTicket ticket = limiter.begin(caller("quiet"))) {
        ticket.enterNamespace(1, TEAM);
      }
    }
  }

  @Test
  void concurrentCallsEndWithTheirTicketsAndOnlyOnce() {
    CallLimiter limiter = limiter(new CallRates(0, 2, 0, 0));
    CallTicket first = limiter.begin(caller("a"));
    CallTicket second = limiter.begin(caller("a"));
    AifsException.LimitExceeded refusal =
        refused(Reason.CONCURRENCY_LIMITED, () -> limiter.begin(caller("a")));
    assertThat(refusal).hasMessageContaining("limits_token_concurrent_calls");
    assertThat(refusal.retryAfterMillis()).isPositive();

    first.close();
    first.close();

    CallTicket third = limiter.begin(caller("a"));
    refused(Reason.CONCURRENCY_LIMITED, () -> limiter.begin(caller("a")));
    second.close();
    third.close();
  }

  @Test
  void refusedCallHoldsNothing() {
    CallLimiter limiter = limiter(new CallRates(0, 1, 0, 0));
    CallLimits.Rate none = new CallLimits.Rate("r", 1, Duration.ofHours(1));
    limiter.begin(withRate("a", none)).close();
    for (int call = 0; call < 5; call++) {
      refused(Reason.RATE_LIMITED, () -> limiter.begin(withRate("a", none)));
    }

    limiter.begin(caller("a")).close();
  }

  @Test
  void namespaceCountsACallOnceHoweverOftenItIsNamed() {
    CallLimiter limiter = limiter(CallRates.NONE);
    namespaces.put(7L, new CallRates(0, 1, 0, 0));
    CallTicket held = limiter.begin(caller("a"));
    held.enterNamespace(7, TEAM);
    held.enterNamespace(7, TEAM);

    try (CallTicket other = limiter.begin(caller("b"))) {
      AifsException.LimitExceeded refusal =
          refused(Reason.CONCURRENCY_LIMITED, () -> other.enterNamespace(7, TEAM));
      assertThat(refusal).hasMessageContaining("namespace 'team'");
      assertThat(refusal).hasMessageContaining("rates.concurrent_calls");
      other.enterNamespace(8, new Name("free"));
    }
    held.close();
    try (CallTicket next = limiter.begin(caller("b"))) {
      next.enterNamespace(7, TEAM);
    }
  }

  @Test
  void ticketThatIsClosedEntersNothing() {
    CallLimiter limiter = limiter(CallRates.NONE);
    namespaces.put(7L, new CallRates(0, 1, 0, 0));
    CallTicket cancelled = limiter.begin(caller("a"));
    cancelled.close();
    cancelled.enterNamespace(7, TEAM);

    try (CallTicket next = limiter.begin(caller("a"))) {
      next.enterNamespace(7, TEAM);
    }
  }

  @Test
  void bytesOfACallArePaidForByThoseToCome() {
    CallLimiter limiter = limiter(new CallRates(0, 0, 1_000, 0));
    try (CallTicket ticket = limiter.begin(caller("a"))) {
      ticket.received(500);
      ticket.sent(2_500);
    }

    AifsException.LimitExceeded refusal =
        refused(Reason.RATE_LIMITED, () -> limiter.begin(caller("a")));
    assertThat(refusal).hasMessageContaining("limits_token_bytes_per_second");
    assertThat(refusal.retryAfterMillis()).isEqualTo(2_000);
    limiter.begin(caller("b")).close();

    now += 2 * SECOND;
    limiter.begin(caller("a")).close();
  }

  @Test
  void namespacePaysForWhatTheCallCarriedBeforeItWasNamed() {
    CallLimiter limiter = limiter(CallRates.NONE);
    namespaces.put(7L, new CallRates(0, 0, 1_000, 0));
    try (CallTicket ticket = limiter.begin(caller("a"))) {
      ticket.received(3_000);
      ticket.enterNamespace(7, TEAM);
    }

    try (CallTicket next = limiter.begin(caller("b"))) {
      assertThat(
              refused(Reason.RATE_LIMITED, () -> next.enterNamespace(7, TEAM)).retryAfterMillis())
          .isEqualTo(2_000);
    }
  }

  @Test
  void tokensMadeFromOneShareItsRateAndEveryRateCounts() {
    CallLimiter limiter = limiter(CallRates.NONE);
    CallLimits.Rate shared = new CallLimits.Rate("first", 3, Duration.ofMinutes(1));
    List<Caller> made = new ArrayList<>();
    for (int at = 0; at < 3; at++) {
      made.add(withRate("a", shared, new CallLimits.Rate("own-" + at, 2, Duration.ofSeconds(1))));
    }
    limiter.begin(made.get(0)).close();
    limiter.begin(made.get(0)).close();
    assertThat(refused(Reason.RATE_LIMITED, () -> limiter.begin(made.get(0))))
        .hasMessageContaining("2 calls in 1 s");

    // What the second rate refused was taken from the first.
    AifsException.LimitExceeded refusal =
        refused(Reason.RATE_LIMITED, () -> limiter.begin(made.get(1)));
    assertThat(refusal).hasMessageContaining("3 calls in 60 s (its caveat rate)");
    assertThat(refusal.retryAfterMillis()).isEqualTo(20_000);
    now += 20 * SECOND;
    limiter.begin(made.get(2)).close();
  }

  @Test
  void callCarriesItsMostInEachDirectionAndNotOneMore() {
    CallLimiter limiter = limiter(CallRates.NONE);
    Caller caller = caller("a", new CallLimits(OptionalLong.of(100), List.of()));
    try (CallTicket ticket = limiter.begin(caller)) {
      ticket.received(60);
      ticket.received(40);
      ticket.sent(100);

      assertThat(refused(Reason.CALL_BYTES_EXCEEDED, () -> ticket.received(1)))
          .hasMessageContaining("over 100 bytes");
      refused(Reason.CALL_BYTES_EXCEEDED, () -> ticket.sent(1));
    }
  }

  @Test
  void tokenSearchesSoOftenASecondAndEachQueryOfABatchCounts() {
    CallLimiter limiter = limiter(new CallRates(0, 0, 0, 4));
    try (CallTicket ticket = limiter.begin(caller("a"))) {
      ticket.search(3);
      ticket.search(1);

      AifsException.LimitExceeded refusal = refused(Reason.RATE_LIMITED, () -> ticket.search(1));
      assertThat(refusal).hasMessageContaining("4 searches a second");
      assertThat(refusal).hasMessageContaining("limits_token_searches_per_second");
      assertThat(refusal.retryAfterMillis()).isEqualTo(250);
    }
    try (CallTicket other = limiter.begin(caller("b"))) {
      other.search(4);
    }

    now += SECOND / 4;

    try (CallTicket ticket = limiter.begin(caller("a"))) {
      ticket.search(1);
      refused(Reason.RATE_LIMITED, () -> ticket.search(1));
    }
  }

  @Test
  void batchOfMoreThanASecondsSearchesIsLetInWholeAndPaidBack() {
    CallLimiter limiter = limiter(new CallRates(0, 0, 0, 10));
    CallTicket ticket = limiter.begin(caller("a"));
    ticket.search(25);

    assertThat(refused(Reason.RATE_LIMITED, () -> ticket.search(1)).retryAfterMillis())
        .isEqualTo(1_600);
    now += 16 * SECOND / 10;
    ticket.search(1);
    refused(Reason.RATE_LIMITED, () -> ticket.search(25));
    ticket.close();
  }

  @Test
  void namespaceIsSearchedSoOftenByAllTokensAndARefusalCostsTheTokenNothing() {
    CallLimiter limiter = limiter(new CallRates(0, 0, 0, 5));
    namespaces.put(7L, new CallRates(0, 0, 0, 3));
    try (CallTicket first = limiter.begin(caller("a"));
        CallTicket second = limiter.begin(caller("b"))) {
      first.enterNamespace(7, TEAM);
      second.enterNamespace(7, TEAM);
      first.search(2);

      AifsException.LimitExceeded refusal = refused(Reason.RATE_LIMITED, () -> second.search(2));
      assertThat(refusal).hasMessageContaining("namespace 'team'");
      assertThat(refusal).hasMessageContaining("rates.searches_per_second of its policy");
      second.search(1);
    }
    try (CallTicket elsewhere = limiter.begin(caller("b"))) {
      elsewhere.search(4);
      refused(Reason.RATE_LIMITED, () -> elsewhere.search(1));
    }
  }

  @Test
  void searchesWithoutALimitAreNotCounted() {
    CallLimiter limiter = limiter(CallRates.NONE);
    try (CallTicket ticket = limiter.begin(caller("a"))) {
      for (int i = 0; i < 1_000; i++) {
        ticket.search(64);
      }
    }
    assertThat(now).isZero();
  }
}
