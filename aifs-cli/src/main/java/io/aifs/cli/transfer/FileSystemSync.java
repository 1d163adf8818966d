package io.aifs.cli.transfer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes all that was written to a file system durable in one go, with {@code syncfs(2)} of Linux:
 * for thousands of small files that is far less work than syncing each. The descriptor is opened
 * before anything is written, since the kernel reports write errors to those it was there for.
 * Thread-safe.
 */
final class FileSystemSync implements AutoCloseable {
  private static final int O_CLOEXEC = 02000000;

  private final Path directory;
  private final Object device;
  private final int descriptor;
  private final Map<Path, Boolean> covered = new ConcurrentHashMap<>();

  private FileSystemSync(Path directory, Object device, int descriptor) {
    this.directory = directory;
    this.device = device;
    this.descriptor = descriptor;
  }

  /**
   * Of the file system of a directory; empty where that cannot be synced as one: on systems other
   * than Linux, and on file systems in user space, to which the kernel does not pass the call on.
   */
  static Optional<FileSystemSync> of(Path directory) {
    try {
      if (Native.SYNCFS.isEmpty() || Files.getFileStore(directory).type().startsWith("fuse")) {
        return Optional.empty();
      }
      Object device = device(directory);
      int descriptor = Native.open(directory);
      return descriptor < 0
          ? Optional.empty()
          : Optional.of(new FileSystemSync(directory, device, descriptor));
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty(); // each file is then synced on its own
    }
  }

  private static Object device(Path directory) throws IOException {
    return Files.getAttribute(directory, "unix:dev");
  }

  /** Whether a directory is of this file system, and not of one that is mounted below. */
  boolean covers(Path other) throws IOException {
    Boolean known = covered.get(other);
    if (known == null) {
      known = device(other).equals(device);
      covered.put(other, known);
    }
    return known;
  }

  /**
   * Returns when everything that was written before is on disk.
   *
   * @throws IOException if some of it may not be
   */
  void run() throws IOException {
    int error = Native.syncfs(descriptor);
    if (error != 0) {
      throw new IOException(
          "the file system of " + directory + " cannot be synced: error " + error);
    }
  }

  @Override
  public void close() {
    Native.close(descriptor);
  }

  /** The functions of the C library. */
  @SuppressWarnings("restricted") // the launcher enables native access
  private static final class Native {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
        STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Optional<MethodHandle> SYNCFS =
        LINKER
            .defaultLookup()
            .find("syncfs")
            .map(
                function ->
                    LINKER.downcallHandle(
                        function,
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                        Linker.Option.captureCallState("errno")));
    private static final MethodHandle OPEN =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    /** A descriptor, or -1. */
    static int open(Path directory) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment path =
            arena.allocateFrom(directory.toAbsolutePath().toString(), StandardCharsets.UTF_8);
        return (int) OPEN.invokeExact(path, O_CLOEXEC);
      } catch (Throwable e) {
        throw cannotCall("open", e);
      }
    }

    /** 0, or what went wrong. */
    static int syncfs(int descriptor) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(STATE);
        int result = (int) SYNCFS.orElseThrow().invokeExact(state, descriptor);
        return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
      } catch (Throwable e) {
        throw cannotCall("syncfs", e);
      }
    }

    static void close(int descriptor) {
      try {
        var _ = (int) CLOSE.invokeExact(descriptor);
      } catch (Throwable e) {
        throw cannotCall("close", e);
      }
    }

    private static IllegalStateException cannotCall(String function, Throwable cause) {
      return new IllegalStateException(function + " cannot be called", cause);
    }
  }
}
