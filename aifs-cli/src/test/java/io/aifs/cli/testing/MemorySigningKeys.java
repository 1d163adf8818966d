package io.aifs.cli.testing;

import io.aifs.client.SigningKeys;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SnapshotBrokenException;
import io.aifs.crypto.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The signing keys of a {@link MemoryStore}'s namespaces: the same in each store. */
record MemorySigningKeys(MemoryStore store, Name namespace) implements SigningKeys {
  private static final Instant CREATED = Instant.parse("2026-11-20T08:00:00Z");

  /** The {@code number}th key of every namespace, from 1. */
  static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_BYTES];
    Arrays.fill(seed, (byte) number);
    return SigningKey.fromSeed(seed);
  }

  @Override
  public KeyChain shown() {
    List<PublicKey> keys = new ArrayList<>();
    keys.add(PublicKey.first(store.storeId, namespace, CREATED, key(1)));
    for (int i = 1; i <= store.keyRotations; i++) {
      keys.add(keys.getLast().endorse(key(i), key(i + 1), CREATED.plusSeconds(i)));
    }
    try {
      return KeyChain.of(store.storeId, namespace, keys);
    } catch (SnapshotBrokenException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public KeyChain believed() {
    if (store.keysChanged) {
      throw new AifsException.Corrupt(Reason.KEY_CHANGED, "the signing key changed", "ask");
    }
    return shown();
  }

  @Override
  public KeyChain accept() {
    store.keysChanged = false;
    return shown();
  }

  @Override
  public PublicKey rotate() {
    store.keyRotations++;
    return shown().current();
  }
}
