package io.aifs.server.engine.history;

import static java.util.Objects.requireNonNull;

import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.SigningKey;
import io.aifs.server.catalog.NamespaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signing keys in memory. */
public final class MemorySnapshotKeys implements SnapshotKeys {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final String storeId;
  private final Map<Long, List<PublicKey>> chains = new HashMap<>();
  private final Map<SigningKeyId, SigningKey> secrets = new HashMap<>();

  public MemorySnapshotKeys(String storeId) {
    this.storeId = storeId;
  }

  @Override
  public synchronized PublicKey current(NamespaceRow namespace) {
    List<PublicKey> chain = chain(namespace);
    if (chain.isEmpty()) {
      SigningKey key = SigningKey.generate(RandomBytes.secure());
      chain.add(PublicKey.first(storeId, namespace.name(), NOON, key));
      secrets.put(chain.getFirst().id(), key);
    }
    return chain.getLast();
  }

  private List<PublicKey> chain(NamespaceRow namespace) {
    return chains.computeIfAbsent(namespace.number(), _ -> new ArrayList<>());
  }

  @Override
  public synchronized List<PublicKey> all(NamespaceRow namespace) {
    return List.copyOf(chain(namespace));
  }

  @Override
  public synchronized byte[] sign(NamespaceRow namespace, SigningKeyId key, byte[] message) {
    return requireNonNull(secrets.get(key)).sign(message);
  }

  @Override
  public synchronized PublicKey rotate(NamespaceRow namespace) {
    PublicKey old = current(namespace);
    SigningKey next = SigningKey.generate(RandomBytes.secure());
    PublicKey made = old.endorse(requireNonNull(secrets.get(old.id())), next, NOON);
    secrets.put(made.id(), next);
    chain(namespace).add(made);
    return made;
  }
}
