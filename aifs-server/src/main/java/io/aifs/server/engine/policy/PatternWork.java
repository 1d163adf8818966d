package io.aifs.server.engine.policy;

/**
 * How much a regular expression may do before it looks at the next character. Steps are counted by
 * the characters looked at, and an expression such as {@code (?:|)(?:|)(?:|)(?!)} looks at none,
 * however many ways it tries.
 *
 * @param ways how many ways lead through it without a look
 * @param work nodes come to on all of them
 * @param exits how many ways lead from right behind a look inside it to its end, without another
 * @param rest nodes come to on all of those
 * @param longest characters that it matches at most
 */
record PatternWork(double ways, double work, double exits, double rest, double longest) {
  /** More is never told apart; so far from what a double holds that products of two can be. */
  private static final double MOST = 1e30;

  static final PatternWork NOTHING = new PatternWork(1, 0, 0, 0, 0);

  /** Of what nothing is known. */
  static final PatternWork UNKNOWN = new PatternWork(MOST, MOST, MOST, MOST, MOST);

  /** Matches a character. */
  static final PatternWork LOOK = new PatternWork(0, 1, 1, 0, 2);

  /** Matches a place, by what is beside it or not. */
  static final PatternWork PLACE = new PatternWork(1, 1, 1, 0, 0);

  /** Matches what a group did, which may be nothing and may be long. */
  static final PatternWork REFERENCE = new PatternWork(1, 1, 1, 0, 1 << 16);

  PatternWork {
    ways = Math.min(ways, MOST);
    work = Math.min(work, MOST);
    exits = Math.min(exits, MOST);
    rest = Math.min(rest, MOST);
    longest = Math.min(longest, MOST);
  }

  /** Between two looks, or before the first. */
  double most() {
    return Math.max(work, rest);
  }

  PatternWork then(PatternWork next) {
    return new PatternWork(
        ways * next.ways,
        work + ways * next.work,
        Math.max(exits * next.ways, next.exits),
        Math.max(rest + exits * next.work, next.rest),
        longest + next.longest);
  }

  PatternWork or(PatternWork other) {
    return new PatternWork(
        ways + other.ways,
        1 + work + other.work,
        Math.max(exits, other.exits),
        Math.max(rest, other.rest),
        Math.max(longest, other.longest));
  }

  /**
   * As often as this. A turn that moves nowhere is the last, but those that must be may be gone
   * through one by one.
   */
  PatternWork repeated(double least, double greatest) {
    double turn = 1 + work * (ways > 0 ? 1 + least : 1);
    return new PatternWork(
        least == 0 ? ways + 1 : ways,
        turn,
        exits * (ways + 1),
        rest + exits * turn,
        longest * Math.max(1, greatest));
  }

  /** Of which only the first way counts. */
  PatternWork alone() {
    return new PatternWork(Math.min(1, ways), 1 + work, Math.min(1, exits), rest, longest);
  }

  /** What must come next, or must not. */
  PatternWork ahead() {
    return new PatternWork(1, 1 + work, 1, 1 + rest, 0);
  }

  /** What must come before, or must not: tried from every place that is near enough. */
  PatternWork behind() {
    return new PatternWork(1, 1 + work * (1 + longest), 1, 1 + rest + work * (1 + longest), 0);
  }
}
