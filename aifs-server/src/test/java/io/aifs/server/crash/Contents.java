package io.aifs.server.crash;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/**
 * Content to put: none, small, of several chunks, or of so many that their list needs pages. Long
 * ones are made of a few blocks over and over, some of them changed a little, so that different
 * assets share chunks or have such that are much alike.
 */
final class Contents {
  private static final int BLOCKS = 6;
  private static final int BLOCK_BYTES = 1_200;

  private final Random random;
  private final byte[][] blocks = new byte[BLOCKS][];

  Contents(Random random) {
    this.random = random;
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = bytes(BLOCK_BYTES);
    }
  }

  byte[] next() {
    return switch (random.nextInt(10)) {
      case 0 -> bytes(random.nextInt(3));
      case 1, 2, 3, 4 -> bytes(1 + random.nextInt(300));
      case 5, 6 -> ofBlocks(1 + random.nextInt(2));
      case 7 -> bytes(1_000 + random.nextInt(7_000));
      default -> ofBlocks(3 + random.nextInt(4));
    };
  }

  byte[] small() {
    return random.nextInt(4) == 0 ? ofBlocks(1) : bytes(random.nextInt(200));
  }

  private byte[] ofBlocks(int count) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      byte[] block = blocks[random.nextInt(BLOCKS)].clone();
      if (random.nextInt(3) == 0) { // much like others, and stored as what differs from one
        block[random.nextInt(BLOCK_BYTES)] ^= 1;
      }
      content.writeBytes(block);
    }
    content.writeBytes(bytes(random.nextInt(40)));
    return content.toByteArray();
  }

  /** Half of it compresses. */
  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) ('a' + (bytes[i] & 3));
      }
    }
    return bytes;
  }
}
