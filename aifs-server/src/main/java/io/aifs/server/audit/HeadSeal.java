package io.aifs.server.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aifs.crypto.Blake3;
import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;

/** Seals the heads of one store's log under a key that is for this alone. Thread-safe. */
public final class HeadSeal {
  private static final byte[] PREFIX = "aifs-audit-head-1\n".getBytes(US_ASCII);

  private final byte[] key;
  private final byte[] store;

  /**
   * @param key 32 bytes
   */
  public HeadSeal(byte[] key, String storeId) {
    this.key = key.clone();
    this.store = (storeId + "\n").getBytes(US_ASCII);
  }

  public SealedHead seal(AuditHead head) {
    return new SealedHead(head, mac(head));
  }

  /** Whether this key sealed it, for this store. */
  public boolean holds(SealedHead sealed) {
    return mac(sealed.head()).equals(sealed.mac());
  }

  private Digest mac(AuditHead head) {
    byte[] sealed =
        ByteBuffer.allocate(PREFIX.length + store.length + Long.BYTES + Digest.BYTES)
            .put(PREFIX)
            .put(store)
            .putLong(head.sequence())
            .put(head.digest().toBytes())
            .array();
    return Digest.fromBytes(Blake3.keyedHash(key, sealed));
  }
}
