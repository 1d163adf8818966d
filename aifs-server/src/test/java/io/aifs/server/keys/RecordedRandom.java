package io.aifs.server.keys;

import io.aifs.crypto.RandomBytes;
import java.util.ArrayList;
import java.util.List;

/** Random bytes that remember every key they gave, to look for them where they must not be. */
final class RecordedRandom implements RandomBytes {
  private final RandomBytes random = RandomBytes.secure();
  private final List<byte[]> keys = new ArrayList<>();

  @Override
  public synchronized void fill(byte[] out) {
    random.fill(out);
    if (out.length == 32) {
      keys.add(out.clone());
    }
  }

  synchronized List<byte[]> keys() {
    return List.copyOf(keys);
  }
}
