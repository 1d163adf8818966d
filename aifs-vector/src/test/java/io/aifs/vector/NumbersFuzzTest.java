package io.aifs.vector;

import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import org.junit.jupiter.api.Test;

/** Values of metadata, of which some are numbers. */
class NumbersFuzzTest {
  @Test
  void anyTextIsANumberOrNone() {
    Fuzzer.run(FuzzTarget.text(Numbers.class, "parse", Numbers::parse, "-12", "0.5", "+3e-4"));
  }
}
