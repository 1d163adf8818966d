package io.aifs.cli.terminal;

import java.util.concurrent.atomic.AtomicBoolean;

/** What happens when a signal ends the process. */
public interface Endings {
  /**
   * Has {@code drain} run when SIGTERM or SIGINT arrives, and the process end with exit code 0
   * after it. Closing the result takes that back.
   */
  Registration drainOnSignal(Runnable drain);

  /** Ends a registration. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** The endings of this JVM. */
  static Endings ofThisProcess() {
    return drain -> {
      AtomicBoolean active = new AtomicBoolean(true);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    if (active.get()) {
                      drain.run();
                      // The JVM would report the signal; a server that drained has succeeded.
                      Runtime.getRuntime().halt(0);
                    }
                  },
                  "drain"));
      return () -> active.set(false);
    };
  }
}
