package io.aifs.crypto;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One domain's unwrapped secrets: the keys of its epochs and the key of its chunk ids. Lives in
 * memory only. Immutable; {@link #toString} shows no key.
 */
public final class DomainKeys {
  /** Length of every key in here. */
  public static final int KEY_BYTES = 32;

  private final DomainId domain;
  private final byte[] chunkIdKey;
  private final NavigableMap<Integer, SecretKey> epochKeys;

  private DomainKeys(
      DomainId domain, NavigableMap<Integer, SecretKey> epochKeys, byte[] chunkIdKey) {
    this.domain = domain;
    this.epochKeys = epochKeys;
    this.chunkIdKey = chunkIdKey;
  }

  /**
   * @param epochKeys 32 bytes per epoch, numbered from 1; copied
   * @param chunkIdKey 32 bytes; copied
   * @throws IllegalArgumentException if there is no epoch, or a number or length is wrong
   */
  public static DomainKeys of(DomainId domain, Map<Integer, byte[]> epochKeys, byte[] chunkIdKey) {
    requireNonNull(domain, "domain is null");
    if (epochKeys.isEmpty()) {
      throw new IllegalArgumentException("epochKeys is empty");
    }
    NavigableMap<Integer, SecretKey> keys = new TreeMap<>();
    epochKeys.forEach(
        (epoch, key) -> {
          if (epoch < 1) {
            throw new IllegalArgumentException("epoch is below 1: " + epoch);
          }
          keys.put(epoch, new SecretKeySpec(checked(key, "epoch key"), "AES"));
        });
    return new DomainKeys(domain, keys, checked(chunkIdKey, "chunkIdKey").clone());
  }

  public DomainId domain() {
    return domain;
  }

  /** The epoch that new records are sealed under: the highest. */
  public int currentEpoch() {
    return epochKeys.lastKey();
  }

  /**
   * The id a record is stored under. It depends on the domain's secret, so that nobody without it
   * can tell whether known content is stored, or compare two domains.
   *
   * @param plain digest of the content
   */
  public Digest storedId(RecordType type, Digest plain) {
    if (type == RecordType.CHUNK) {
      return Digest.fromBytes(Blake3.keyedHash(chunkIdKey, plain.toBytes()));
    }
    byte[] typed = new byte[1 + Digest.BYTES];
    typed[0] = (byte) type.code();
    plain.writeTo(typed, 1);
    return Digest.fromBytes(Blake3.keyedHash(chunkIdKey, typed));
  }

  /** The key of {@code epoch}, or null if this domain has none. */
  @Nullable SecretKey epochKey(int epoch) {
    return epochKeys.get(epoch);
  }

  @Override
  public String toString() {
    return "DomainKeys[" + domain + ", epochs " + epochKeys.keySet() + "]";
  }

  private static byte[] checked(byte[] key, String what) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(what + " is not 32 bytes: " + key.length);
    }
    if (Arrays.equals(key, new byte[KEY_BYTES])) {
      throw new IllegalArgumentException(what + " is all zero");
    }
    return key;
  }
}
