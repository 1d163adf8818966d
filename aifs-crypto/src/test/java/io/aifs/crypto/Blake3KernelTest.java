package io.aifs.crypto;

import org.junit.jupiter.api.Nested;

/** Runs the contract on every kernel, also on vector widths that this machine would not choose. */
class Blake3KernelTest {
  @Nested
  class PlainJava extends Blake3KernelContract {
    @Override
    Blake3Kernel kernel() {
      return new Blake3ScalarKernel();
    }
  }

  @Nested
  class FourLanes extends Blake3KernelContract {
    private static final Blake3Kernel KERNEL = Blake3Shapes.open(4);

    @Override
    Blake3Kernel kernel() {
      return KERNEL;
    }
  }

  @Nested
  class EightLanes extends Blake3KernelContract {
    private static final Blake3Kernel KERNEL = Blake3Shapes.open(8);

    @Override
    Blake3Kernel kernel() {
      return KERNEL;
    }
  }

  @Nested
  class SixteenLanes extends Blake3KernelContract {
    private static final Blake3Kernel KERNEL = Blake3Shapes.open(16);

    @Override
    Blake3Kernel kernel() {
      return KERNEL;
    }
  }

  @Nested
  class SixteenLanesWithNarrowAndPlainRemainders extends Blake3KernelContract {
    private static final Blake3Kernel KERNEL = new Blake3VectorKernel(16);

    @Override
    Blake3Kernel kernel() {
      return KERNEL;
    }
  }

  @Nested
  class EightLanesWithPlainRemainders extends Blake3KernelContract {
    private static final Blake3Kernel KERNEL = new Blake3VectorKernel(8);

    @Override
    Blake3Kernel kernel() {
      return KERNEL;
    }
  }

  @Nested
  class FourLanesWithPlainRemainders extends Blake3KernelContract {
    private static final Blake3Kernel KERNEL = new Blake3VectorKernel(4);

    @Override
    Blake3Kernel kernel() {
      return KERNEL;
    }
  }
}
