package io.aifs.server.grpc.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.server.model.CallRates;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST = 8;
  private static final Allowance ONE_A_SECOND = Allowance.of(new CallRates(1, 0, 0, 0));

  private final Accounts<Integer> accounts = new Accounts<>(MOST);

  private static Account in(Entry entry) {
    assertThat(entry).isInstanceOf(Entry.Entered.class);
    return ((Entry.Entered) entry).account();
  }

  private void callAndEnd(int key, Allowance allowance, long now) {
    in(accounts.enter(key, allowance, now)).leave();
  }

  @Test
  void idleOnesAreForgottenWhenThereAreTooMany() {
    for (int key = 0; key < MOST; key++) {
      callAndEnd(key, ONE_A_SECOND, 0);
    }
    assertThat(accounts.size()).isEqualTo(MOST);

    callAndEnd(MOST, ONE_A_SECOND, 2 * SECOND);

    assertThat(accounts.size()).isEqualTo(1);
  }

  @Test
  void thoseNotUsedForLongestAreForgottenWhenNoneIsIdle() {
    for (int key = 0; key <= MOST; key++) {
      callAndEnd(key, ONE_A_SECOND, key);
    }

    assertThat(accounts.size()).isLessThanOrEqualTo(MOST);
    assertThat(accounts.enter(MOST, ONE_A_SECOND, MOST)).isInstanceOf(Entry.Refused.class);
    callAndEnd(0, ONE_A_SECOND, MOST); // forgotten, so new
  }

  @Test
  void oneWithCallsUnderWayStays() {
    Allowance one = Allowance.of(new CallRates(0, 1, 0, 0));
    List<Account> held = new ArrayList<>();
    for (int key = 0; key < 3 * MOST; key++) {
      held.add(in(accounts.enter(key, one, key)));
    }

    for (int key = 0; key < 3 * MOST; key++) {
      assertThat(accounts.enter(key, one, 1_000)).isInstanceOf(Entry.Refused.class);
    }
    held.forEach(Account::leave);
    callAndEnd(-1, one, 2_000);
    assertThat(accounts.size()).isEqualTo(1);
  }

  @Test
  void anotherAllowanceCountsFromTheNextCallOn() {
    callAndEnd(1, ONE_A_SECOND, 0);
    assertThat(accounts.enter(1, ONE_A_SECOND, 0)).isInstanceOf(Entry.Refused.class);

    callAndEnd(1, Allowance.of(new CallRates(2, 0, 0, 0)), 0);
    callAndEnd(1, Allowance.of(new CallRates(2, 0, 0, 0)), 0);
  }
}
