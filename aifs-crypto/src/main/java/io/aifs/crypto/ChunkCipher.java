package io.aifs.crypto;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Seals records and opens them: AES-256-GCM under a data key that is drawn for this one seal, and
 * travels with the record, wrapped (RFC 3394) under the domain's current epoch key. Thread-safe.
 *
 * <p>The payload is {@code wrapped data key (40) | ciphertext | tag (16)}. The tag also covers the
 * {@link SealContext}; {@code docs/format/keys.md} gives every byte.
 *
 * <p><b>Why no key and nonce pair can repeat.</b> The nonce is fixed at 96 zero bits, so what must
 * never repeat is the key. A data key is 256 fresh random bits, is used for exactly one encryption
 * (there is no way to pass one in, and a seal is never resumed or retried with the same key), and
 * is forgotten afterwards; after 2^64 seals two are equal with a chance of 2^-129. The epoch keys
 * never encrypt with GCM: they only wrap, and RFC 3394 takes no nonce. So that even a repeated
 * generator state (a virtual machine resumed twice from one image) gives different content
 * different keys, the random bits are combined with the record's stored id by exclusive or: a
 * uniform value stays uniform, and two equal draws differ by the two ids.
 */
public final class ChunkCipher {
  /** What a seal adds to its data: the wrapped key and the tag. */
  public static final int OVERHEAD_BYTES = SealState.WRAPPED_KEY_BYTES + SealState.TAG_BYTES;

  private static final int POOL_SLOTS = 64;

  private final RandomBytes random;

  /**
   * Idle states. A bounded pool and not a thread-local: a virtual thread per call would make, and
   * keep, one state each.
   */
  private final AtomicReferenceArray<@Nullable SealState> idle =
      new AtomicReferenceArray<>(POOL_SLOTS);

  public ChunkCipher(RandomBytes random) {
    this.random = requireNonNull(random, "random is null");
  }

  /**
   * Seals {@code data[offset..offset+length)} under {@code keys}' current epoch.
   *
   * @throws IllegalArgumentException if {@code keys} are not those of the context's domain
   */
  public Sealed seal(DomainKeys keys, SealContext context, byte[] data, int offset, int length) {
    requireSameDomain(keys, context);
    Objects.checkFromIndexSize(offset, length, data.length);
    int epoch = keys.currentEpoch();
    SecretKey epochKey = requireNonNull(keys.epochKey(epoch));
    byte[] payload = new byte[Math.addExact(length, OVERHEAD_BYTES)];
    SealState state = borrow();
    try {
      state.seal(epochKey, context, data, offset, length, payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot seal with AES-256-GCM", e);
    }
    giveBack(state);
    return new Sealed(epoch, payload);
  }

  /**
   * Opens what {@link #seal} made, with the same context.
   *
   * @param epoch the epoch that the record was sealed under
   * @return the sealed data; nothing of it is returned unless all of it is intact
   * @throws SealBrokenException if the payload or any field of the context was changed, or {@code
   *     keys} hold no key of this epoch
   * @throws IllegalArgumentException if {@code keys} are not those of the context's domain
   */
  public byte[] open(DomainKeys keys, SealContext context, int epoch, byte[] payload)
      throws SealBrokenException {
    requireSameDomain(keys, context);
    if (payload.length < OVERHEAD_BYTES) {
      throw new SealBrokenException("sealed record is too short: " + payload.length + " bytes");
    }
    SecretKey epochKey = keys.epochKey(epoch);
    if (epochKey == null) {
      throw new SealBrokenException("no key of epoch " + epoch + " in domain " + keys.domain());
    }
    SealState state = borrow();
    try {
      return state.open(epochKey, context, payload);
    } finally {
      giveBack(state);
    }
  }

  private static void requireSameDomain(DomainKeys keys, SealContext context) {
    if (!keys.domain().equals(context.domain())) {
      throw new IllegalArgumentException(
          "keys are of domain " + keys.domain() + ", the record of " + context.domain());
    }
  }

  private SealState borrow() {
    int start = slot();
    for (int i = 0; i < POOL_SLOTS; i++) {
      SealState state = idle.getAndSet((start + i) % POOL_SLOTS, null);
      if (state != null) {
        return state;
      }
    }
    return new SealState(random);
  }

  private void giveBack(SealState state) {
    int start = slot();
    for (int i = 0; i < POOL_SLOTS; i++) {
      if (idle.compareAndSet((start + i) % POOL_SLOTS, null, state)) {
        return;
      }
    }
  }

  private static int slot() {
    return (int) (Thread.currentThread().threadId() % POOL_SLOTS);
  }
}
