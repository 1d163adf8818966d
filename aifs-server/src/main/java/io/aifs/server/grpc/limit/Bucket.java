package io.aifs.server.grpc.limit;

/**
 * What is left of an amount that comes back evenly with time, at most all of it. It may be
 * overdrawn; then it comes back from below nothing. Not thread-safe.
 */
final class Bucket {
  private final double amount;
  private final double perNano;
  private double left;
  private long at;

  /**
   * @param amount what a full bucket holds
   * @param nanos in what time an empty one is full again
   * @param now it is full then
   */
  Bucket(long amount, long nanos, long now) {
    this.amount = amount;
    this.perNano = (double) amount / nanos;
    this.left = amount;
    this.at = now;
  }

  /** Takes one if there is one; else returns in how many nanoseconds there will be. */
  long tryTake(long now) {
    return tryTake(1, now);
  }

  /**
   * Takes so much if it is there; else returns in how many nanoseconds it will be. More than the
   * bucket can hold is taken of a full one, which is overdrawn then.
   */
  long tryTake(long much, long now) {
    refill(now);
    double wanted = Math.min((double) much, amount);
    if (left >= wanted) {
      left -= much;
      return 0;
    }
    return nanosFor(wanted - left);
  }

  /** Puts back what was taken in vain. */
  void giveBack(long much, long now) {
    refill(now);
    left = Math.min(amount, left + much);
  }

  /** Takes so much, whether it is there or not. */
  void take(long much, long now) {
    refill(now);
    left -= much;
  }

  /** In how many nanoseconds it is no longer overdrawn; 0 if it is not. */
  long overdrawnNanos(long now) {
    refill(now);
    return left >= 0 ? 0 : nanosFor(-left);
  }

  boolean isFull(long now) {
    refill(now);
    return left >= amount;
  }

  private long nanosFor(double much) {
    return Math.max(1, (long) Math.ceil(much / perNano));
  }

  private void refill(long now) {
    if (now - at > 0) { // threads read the clock in one order and come here in another
      left = Math.min(amount, left + (now - at) * perNano);
      at = now;
    }
  }
}
