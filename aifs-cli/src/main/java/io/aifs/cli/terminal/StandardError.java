package io.aifs.cli.terminal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Gives the process its real standard error back. The launcher starts the JVM with descriptor 2 on
 * a filter that drops one start-up line about incubator modules, and keeps the real one open as
 * another descriptor. From the first line of {@code main} on, nothing passes the filter any more.
 */
public final class StandardError {
  private static final int STANDARD_ERROR = 2;

  /** Makes {@code descriptor} standard error, and closes it as itself. */
  public static void restoreFrom(int descriptor) {
    if (call("dup2", descriptor, STANDARD_ERROR) == STANDARD_ERROR) {
      call("close", descriptor, 0);
    }
  }

  /** Calls a function of the C library; one that takes fewer arguments ignores the rest. */
  @SuppressWarnings("restricted") // the launcher enables native access
  private static int call(String function, int first, int second) {
    Linker linker = Linker.nativeLinker();
    MethodHandle handle =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow(function),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      return (int) handle.invokeExact(first, second);
    } catch (Throwable e) {
      throw new IllegalStateException(function + " cannot be called", e);
    }
  }

  private StandardError() {}
}
