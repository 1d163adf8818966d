package io.aifs.client.internal;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the transport from logging frames, whatever the logging is set to: a frame of headers has
 * the token, and a frame of data the content. Thread-safe.
 */
public final class FrameLog {
  /** Kept, as the logging forgets the level of a logger that nobody holds. */
  private static final List<Logger> LOGGERS =
      List.of(
          Logger.getLogger("io.grpc.netty.NettyServerHandler"),
          Logger.getLogger("io.grpc.netty.NettyClientHandler"));

  private FrameLog() {}

  /** To be called before the first connection. */
  public static void suppress() {
    for (Logger logger : LOGGERS) {
      if (logger.isLoggable(Level.FINE)) {
        logger.setLevel(Level.INFO);
      }
    }
  }
}
