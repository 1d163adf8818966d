package io.aifs.crypto;

import java.util.Locale;

/** Chooses the fastest kernel that this JVM offers. */
final class Blake3Kernels {
  private static final int LANES_MIN_X86 = 8;
  private static final int LANES = lanes();

  /** Used by everything public. Chosen once, when the class is first touched. */
  static final Blake3Kernel BEST =
      LANES > 0 ? new Blake3VectorKernel(LANES) : new Blake3ScalarKernel();

  private Blake3Kernels() {}

  static boolean vectorized() {
    return LANES > 0;
  }

  /** The lanes to use; 0 if plain Java is faster or the only choice. */
  private static int lanes() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return 0;
    }
    // Without AVX2 the JIT has no integer vectors worth the name on x86 and would emulate them.
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean x86 = machine.equals("amd64") || machine.equals("x86_64");
    int lanes = Blake3Shapes.preferredLanes();
    return x86 && lanes < LANES_MIN_X86 ? 0 : lanes;
  }
}
