package io.aifs.core.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.crypto.SigningKey;
import io.aifs.crypto.VerifyingKey;
import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The public half of a namespace's signing key, and how it came into use. Both signatures are over
 * the same statement: the older key's makes the newer one trusted by whoever trusts the older; the
 * newer key's own makes the older one trusted by whoever trusts the newer.
 *
 * @param acceptance the key's own signature, 64 bytes
 * @param endorsement its predecessor's; empty for the first key
 */
@SuppressWarnings("ArrayRecordComponent") // signatures; never compared
public record PublicKey(KeyStatement statement, byte[] acceptance, byte[] endorsement) {
  public PublicKey {
    requireNonNull(statement, "statement is null");
    requireLength("acceptance", acceptance, SigningKey.SIGNATURE_BYTES);
    requireLength(
        "endorsement",
        endorsement,
        statement.predecessor().isPresent() ? SigningKey.SIGNATURE_BYTES : 0);
  }

  private static void requireLength(String what, byte[] bytes, int expected) {
    if (bytes.length != expected) {
      throw new IllegalArgumentException(what + " is not " + expected + " bytes: " + bytes.length);
    }
  }

  /** The first key of a namespace. */
  public static PublicKey first(String storeId, Name namespace, Instant createdAt, SigningKey key) {
    KeyStatement statement =
        new KeyStatement(storeId, namespace, createdAt, key.publicKey(), Optional.empty());
    return new PublicKey(statement, key.sign(statement.toSign()), new byte[0]);
  }

  /** The key that takes over from this one, which {@code own} is the private half of. */
  public PublicKey endorse(SigningKey own, SigningKey next, Instant createdAt) {
    KeyStatement made =
        new KeyStatement(
            statement.storeId(),
            statement.namespace(),
            createdAt,
            next.publicKey(),
            Optional.of(id()));
    byte[] message = made.toSign();
    return new PublicKey(made, next.sign(message), own.sign(message));
  }

  public SigningKeyId id() {
    return SigningKeyId.of(key());
  }

  public VerifyingKey key() {
    return statement.key();
  }

  /** The 32 bytes of the key. */
  public byte[] bytes() {
    return key().toBytes();
  }

  public Instant createdAt() {
    return statement.createdAt();
  }

  /**
   * Checks the key's own signature.
   *
   * @throws SnapshotBrokenException {@link Fault#SIGNATURE}
   */
  public void requireAccepted() throws SnapshotBrokenException {
    if (!key().verify(statement.toSign(), acceptance)) {
      throw new SnapshotBrokenException(
          Fault.SIGNATURE, "signing key " + id() + " has not signed what is said about it");
    }
  }

  /**
   * Checks that {@code older} was the key before this one and says so itself.
   *
   * @throws SnapshotBrokenException {@link Fault#ENDORSEMENT}
   */
  public void requireEndorsedBy(PublicKey older) throws SnapshotBrokenException {
    if (!statement.predecessor().equals(Optional.of(older.id()))) {
      throw new SnapshotBrokenException(
          Fault.ENDORSEMENT,
          "signing key "
              + id()
              + " says that it came after "
              + statement.predecessor().map(SigningKeyId::hex).orElse("none")
              + ", not after "
              + older.id());
    }
    if (!older.key().verify(statement.toSign(), endorsement)) {
      throw new SnapshotBrokenException(
          Fault.ENDORSEMENT,
          "signing key " + id() + " is not endorsed by the one before it, " + older.id());
    }
  }

  /** The public part of the key's file. */
  public byte[] encode() {
    return statement.write(new FieldWriter()).bytes(acceptance).bytes(endorsement).toBytes();
  }

  /**
   * Reads {@link #encode}, and nothing else, and checks the key's own signature.
   *
   * @throws SnapshotBrokenException if anything was changed
   */
  public static PublicKey decode(byte[] bytes) throws SnapshotBrokenException {
    PublicKey key;
    try {
      FieldReader in = new FieldReader(bytes);
      KeyStatement statement = KeyStatement.read(in);
      byte[] acceptance = in.bytes(SigningKey.SIGNATURE_BYTES);
      key = new PublicKey(statement, acceptance, in.rest());
      if (!Arrays.equals(key.encode(), bytes)) {
        throw new IllegalArgumentException("it is not in its one encoding");
      }
    } catch (BufferUnderflowException _) {
      throw malformed("it is cut off");
    } catch (IllegalArgumentException | DateTimeException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
    key.requireAccepted();
    return key;
  }

  private static SnapshotBrokenException malformed(String why) {
    return new SnapshotBrokenException(
        Fault.MALFORMED, "what is said about a signing key is malformed: " + why);
  }

  @Override
  public String toString() {
    return "PublicKey[" + id() + " of " + statement.namespace() + "]";
  }
}
