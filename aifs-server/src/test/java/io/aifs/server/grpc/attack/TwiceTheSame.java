package io.aifs.server.grpc.attack;

import io.aifs.crypto.RandomBytes;
import org.jspecify.annotations.Nullable;

/**
 * Random bytes, but for a test that wants two things to get the same: two namespaces whose domain
 * has one id share its keys. Thread-safe.
 */
final class TwiceTheSame implements RandomBytes {
  private final RandomBytes random = RandomBytes.secure();
  private int bytes;
  private boolean waiting;
  private byte @Nullable [] drawn;

  /** Runs both; the first draw of so many bytes of the second gives what that of the first gave. */
  void drawTwice(int count, Runnable first, Runnable second) {
    arm(count);
    first.run();
    arm(count);
    second.run();
    disarm();
  }

  private synchronized void arm(int count) {
    bytes = count;
    waiting = true;
  }

  private synchronized void disarm() {
    waiting = false;
    drawn = null;
  }

  @Override
  public synchronized void fill(byte[] out) {
    random.fill(out);
    if (waiting && out.length == bytes) {
      waiting = false;
      if (drawn == null) {
        drawn = out.clone();
      } else {
        System.arraycopy(drawn, 0, out, 0, bytes);
      }
    }
  }
}
