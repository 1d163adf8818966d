package io.aifs.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;

/**
 * Makes {@link Blake3VectorLanes} for a vector width. May only be touched where the module {@code
 * jdk.incubator.vector} is present.
 */
final class Blake3Shapes {
  private Blake3Shapes() {}

  /** How many 32-bit lanes the widest fast vectors of this machine have. */
  static int preferredLanes() {
    return Math.min(IntVector.SPECIES_PREFERRED.length(), Blake3Spec.BLOCK_WORDS);
  }

  static VectorShape shape(int lanes) {
    return VectorShape.forBitSize(lanes * Integer.SIZE);
  }

  /** A kernel on vectors of 4, 8 or 16 lanes; correct, if slow, also where they are emulated. */
  static Blake3Kernel open(int lanes) {
    String file = "Blake3VectorLanes.class";
    try (InputStream pattern = Blake3Shapes.class.getResourceAsStream(file)) {
      if (pattern == null) {
        throw new IllegalStateException(file + " is missing beside " + Blake3Shapes.class);
      }
      MethodHandles.Lookup copy =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(pattern.readAllBytes(), lanes, true);
      return (Blake3Kernel) copy.lookupClass().getDeclaredConstructor().newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
