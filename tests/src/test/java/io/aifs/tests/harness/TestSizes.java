package io.aifs.tests.harness;

/** Short sizes by default; long ones under {@code ./check --full}. */
public final class TestSizes {
  private static final boolean FULL = System.getProperty("aifs.test.sizes", "").equals("full");

  private TestSizes() {}

  public static int pick(int inShort, int inFull) {
    return FULL ? inFull : inShort;
  }
}
