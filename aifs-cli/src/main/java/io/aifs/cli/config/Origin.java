package io.aifs.cli.config;

/** Where a value comes from; {@code label} names the file, variable or flag for people. */
public record Origin(Rank rank, String label) {
  public static final Origin BUILT_IN = new Origin(Rank.BUILT_IN, "built in");

  /** Later goes before earlier. */
  public enum Rank {
    BUILT_IN,
    FILE,
    ENVIRONMENT,
    FLAG
  }

  @Override
  public String toString() {
    return label;
  }
}
