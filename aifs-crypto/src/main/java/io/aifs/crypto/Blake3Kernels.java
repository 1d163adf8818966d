package io.aifs.crypto;

import java.util.Locale;
import java.util.Optional;

/** Chooses the fastest kernel that this JVM offers. */
final class Blake3Kernels {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int LANES_MIN_X86 = 8;

  /** 256 MiB. */
  private static final long COLD_CHUNKS_MAX = 256 * 1024;

  /** Used by everything public. */
  static final Blake3Kernel BEST =
      modulePresent()
          ? new Blake3WarmingKernel(Blake3Kernels::openVectors, COLD_CHUNKS_MAX)
          : new Blake3ScalarKernel();

  private Blake3Kernels() {}

  static boolean vectorized() {
    return modulePresent() && lanes() > 0;
  }

  static void warmUp() {
    if (BEST instanceof Blake3WarmingKernel kernel) {
      kernel.warmUp();
    }
  }

  private static Optional<Blake3Kernel> openVectors() {
    int lanes = lanes();
    return lanes == 0 ? Optional.empty() : Optional.of(new Blake3VectorKernel(lanes));
  }

  private static boolean modulePresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** The lanes to use; 0 if plain Java is faster. */
  private static int lanes() {
    // Without AVX2 the JIT has no integer vectors worth the name on x86 and would emulate them.
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean x86 = machine.equals("amd64") || machine.equals("x86_64");
    int lanes = Blake3Shapes.preferredLanes();
    return x86 && lanes < LANES_MIN_X86 ? 0 : lanes;
  }
}
