package io.aifs.core.snapshot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.crypto.VerifyingKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a signing key is said to be: the key of this namespace of this store, after that one.
 *
 * @param createdAt whole microseconds
 * @param predecessor the key that was current before; empty for the first
 */
public record KeyStatement(
    String storeId,
    Name namespace,
    Instant createdAt,
    VerifyingKey key,
    Optional<SigningKeyId> predecessor) {
  private static final byte[] SIGNED_PREFIX = "aifs signing key v1\0".getBytes(US_ASCII);

  public KeyStatement {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(key, "key is null");
    requireNonNull(predecessor, "predecessor is null");
    if (!SnapshotClaim.STORE_ID.matcher(storeId).matches()) {
      throw new IllegalArgumentException("store id does not match " + SnapshotClaim.STORE_ID);
    }
    if (!createdAt.equals(createdAt.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("createdAt has more than microseconds: " + createdAt);
    }
  }

  /** The bytes that the key itself signs, and its predecessor too. */
  public byte[] toSign() {
    return write(new FieldWriter().bytes(SIGNED_PREFIX)).toBytes();
  }

  FieldWriter write(FieldWriter out) {
    out.text16(storeId)
        .text16(namespace.value())
        .time(createdAt)
        .bytes(key.toBytes())
        .u8(predecessor.isPresent() ? 1 : 0);
    predecessor.ifPresent(out::key);
    return out;
  }

  static KeyStatement read(FieldReader in) {
    return new KeyStatement(in.text16(), in.name(), in.time(), in.publicKey(), predecessor(in));
  }

  private static Optional<SigningKeyId> predecessor(FieldReader in) {
    return switch (in.u8()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(in.key());
      default -> throw new IllegalArgumentException("neither a predecessor nor none");
    };
  }
}
