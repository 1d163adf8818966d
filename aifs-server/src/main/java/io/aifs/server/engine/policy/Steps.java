package io.aifs.server.engine.policy;

import java.io.Serial;

/**
 * How much the expressions of a policy may still look at of one asset, so that none of them holds
 * up those who put. For one thread, which finds its own in {@link #CURRENT}.
 */
final class Steps {
  /** Enough to look at all metadata that an asset can have, and at a value many times over. */
  private static final int MOST = 2_000_000;

  static final ScopedValue<Steps> CURRENT = ScopedValue.newInstance();

  private int left = MOST;

  /** More was asked than is allowed. */
  static final class UsedUpException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    UsedUpException() {
      super("the policy's patterns take too long to match", null, false, false);
    }
  }

  /**
   * Text that counts who looks at it.
   *
   * @param weight steps that a look counts as, for what is done until the next
   */
  record Counted(String text, Steps steps, long weight) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      steps.take(weight);
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.substring(start, end), steps, weight);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * @throws UsedUpException if so many are not left
   */
  void take(long steps) {
    if (steps > left) {
      left = 0;
      throw new UsedUpException();
    }
    left -= (int) steps;
  }
}
