package io.aifs.server.file;

import java.util.Arrays;
import java.util.Random;

/**
 * Draws what of the unsynced outlives one power cut: nothing, everything, or each thing by a coin
 * of one bias.
 */
public final class Survival {
  /** What a disk writes whole or not at all. */
  public static final int SECTOR_BYTES = 512;

  private final Random random;
  private final double share;

  public Survival(Random random) {
    this.random = random;
    this.share =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> 1;
          default -> random.nextDouble();
        };
  }

  /** Whether one thing survives. */
  public boolean keeps() {
    return random.nextDouble() < share;
  }

  /** One of several states, in order of time, that something may be found in. */
  public int pick(int states) {
    return share == 0 ? 0 : share == 1 ? states - 1 : random.nextInt(states);
  }

  /**
   * A file of which the first {@code synced} bytes are durable and the rest was appended: any
   * length between, or longer with zeros; of each sector what was written, or zeros, or zeros from
   * some byte on.
   */
  byte[] appended(byte[] bytes, int length, int synced) {
    int sectors = (length - synced + SECTOR_BYTES - 1) / SECTOR_BYTES;
    int left =
        share == 1 ? length : synced + (share == 0 ? 0 : random.nextInt(length - synced + 1));
    if (random.nextInt(8) == 0) { // space is often given before the bytes arrive
      left = length + random.nextInt(sectors * SECTOR_BYTES + 1);
    }
    byte[] survived = Arrays.copyOf(Arrays.copyOf(bytes, Math.min(left, length)), left);
    int from = synced;
    while (from < left) {
      int to = Math.min(left, (from / SECTOR_BYTES + 1) * SECTOR_BYTES);
      if (!keeps()) {
        int torn = random.nextBoolean() ? from : from + random.nextInt(to - from);
        Arrays.fill(survived, torn, to, (byte) 0);
      }
      from = to;
    }
    return survived;
  }

  /** A file that was overwritten in place and is not synced: each sector is the old or the new. */
  public byte[] overwritten(byte[] before, byte[] after) {
    int length =
        keeps()
            ? after.length
            : before.length + pick(Math.max(1, after.length - before.length + 1));
    byte[] mixed = Arrays.copyOf(before, Math.max(length, before.length));
    for (int from = 0; from < mixed.length; from += SECTOR_BYTES) {
      int to = Math.min(Math.min(mixed.length, after.length), from + SECTOR_BYTES);
      if (from < to && keeps()) {
        System.arraycopy(after, from, mixed, from, to - from);
      }
    }
    return mixed;
  }
}
