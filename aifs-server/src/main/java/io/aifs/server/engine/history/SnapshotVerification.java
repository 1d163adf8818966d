package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SignedSnapshot;
import io.aifs.core.snapshot.SnapshotBrokenException;
import io.aifs.core.snapshot.SnapshotStatement;
import io.aifs.core.snapshot.SnapshotVerifier;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.crypto.VerifyingKey;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotRow;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether snapshots are what was signed. A signature is checked once for the same bytes; that the
 * row says what the statement does is looked at each time. Thread-safe.
 */
public final class SnapshotVerification {
  private static final int KEPT_MAX = 4_096;

  private final SnapshotKeys keys;
  private final String storeId;

  /** By namespace, id, statement and signature. */
  @SuppressWarnings("serial") // never serialised
  private final Map<Digest, SnapshotStatement> verified =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, SnapshotStatement> eldest) {
              return size() > KEPT_MAX;
            }
          });

  public SnapshotVerification(SnapshotKeys keys, String storeId) {
    this.keys = keys;
    this.storeId = storeId;
  }

  /**
   * The snapshot, if it is what was signed with a key of its namespace.
   *
   * @throws AifsException.Corrupt saying what does not fit
   */
  public VerifiedSnapshot require(NamespaceRow namespace, SnapshotRow row) {
    try {
      return new VerifiedSnapshot(row, statement(namespace, row));
    } catch (SnapshotBrokenException e) {
      throw new AifsException.Corrupt(
          Reason.SNAPSHOT_DAMAGED,
          "snapshot " + row.id() + " does not verify: " + e.getMessage(),
          "do not use it; restore the catalog from a backup, and see 'aifs fsck' for the rest",
          e);
    }
  }

  private SnapshotStatement statement(NamespaceRow namespace, SnapshotRow row)
      throws SnapshotBrokenException {
    Digest key = bytesOf(namespace, row);
    SnapshotStatement known = verified.get(key);
    if (known == null) {
      known = verify(namespace, row, keyOf(namespace, row)).statement();
      verified.put(key, known);
    }
    requireSame(row, known);
    return known;
  }

  /**
   * Checks all but the nodes with a key of the caller's choice, without looking at what is
   * remembered.
   *
   * @throws SnapshotBrokenException saying what does not fit
   */
  SignedSnapshot verify(NamespaceRow namespace, SnapshotRow row, VerifyingKey key)
      throws SnapshotBrokenException {
    SignedSnapshot signed =
        SnapshotVerifier.verify(row.id(), row.statement(), row.signature(), key);
    SnapshotStatement statement = signed.statement();
    if (!statement.storeId().equals(storeId) || !statement.namespace().equals(namespace.name())) {
      throw new SnapshotBrokenException(
          SnapshotBrokenException.Fault.OTHER_SNAPSHOT,
          "it is of namespace "
              + statement.namespace()
              + " in store "
              + statement.storeId()
              + ", not of "
              + namespace.name()
              + " in "
              + storeId);
    }
    requireSame(row, statement);
    return signed;
  }

  /** The namespace's key that the statement names. */
  VerifyingKey keyOf(NamespaceRow namespace, SnapshotRow row) throws SnapshotBrokenException {
    SnapshotStatement statement = SnapshotStatement.decode(row.statement());
    for (PublicKey key : keys.all(namespace)) {
      if (key.id().equals(statement.signedBy())) {
        return key.key();
      }
    }
    throw new SnapshotBrokenException(
        SnapshotBrokenException.Fault.OTHER_KEY,
        "it names key "
            + statement.signedBy()
            + ", which namespace "
            + namespace.name()
            + " never had");
  }

  /** Only the statement is signed: a row that says something else was changed. */
  private static void requireSame(SnapshotRow row, SnapshotStatement statement)
      throws SnapshotBrokenException {
    SnapshotId id = row.id();
    if (!row.roots().equals(statement.roots())) {
      throw differs("the roots of snapshot " + id);
    }
    if (!row.node().createdAt().equals(statement.createdAt())) {
      throw differs("the time of snapshot " + id);
    }
    if (!row.node().parents().equals(statement.parents())) {
      throw differs("the parents of snapshot " + id);
    }
  }

  private static SnapshotBrokenException differs(String what) {
    return new SnapshotBrokenException(
        SnapshotBrokenException.Fault.OTHER_SNAPSHOT,
        what + " in the catalog are not those that were signed");
  }

  private static Digest bytesOf(NamespaceRow namespace, SnapshotRow row) {
    Hasher hasher = new Hasher();
    byte[] id =
        (namespace.number() + ":" + row.id() + ":" + row.statement().length)
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    hasher.update(id, 0, id.length);
    hasher.update(row.statement(), 0, row.statement().length);
    hasher.update(row.signature(), 0, row.signature().length);
    return hasher.finish();
  }
}
