package io.aifs.bench;

import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import java.util.Map;

/** A domain that is nobody's, with new keys in each process. */
final class BenchDomain {
  static final DomainId ID = DomainId.parse("be".repeat(16));
  static final RandomBytes RANDOM = RandomBytes.secure();
  static final DomainKeys KEYS = keys();

  private BenchDomain() {}

  private static DomainKeys keys() {
    byte[] key = RANDOM.next(DomainKeys.KEY_BYTES);
    return DomainKeys.of(ID, Map.of(1, key), key);
  }
}
