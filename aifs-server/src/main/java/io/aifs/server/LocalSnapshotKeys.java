package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.crypto.SigningKey;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.Failures;
import io.aifs.server.engine.history.SnapshotKeys;
import io.aifs.server.keys.SigningKeyring;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signing keys in files below the data directory, with copies in the catalog. Chains are read, and
 * seeds unwrapped, on first use and kept in memory until {@link #close}.
 */
final class LocalSnapshotKeys implements SnapshotKeys, AutoCloseable {
  private final SigningKeyring keyring;
  private final KeyFiles copies;
  private final Map<Name, Keys> namespaces = new ConcurrentHashMap<>();

  LocalSnapshotKeys(SigningKeyring keyring, KeyFiles copies) {
    this.keyring = keyring;
    this.copies = copies;
  }

  @Override
  public PublicKey current(NamespaceRow namespace) {
    return of(namespace).chain().current();
  }

  @Override
  public List<PublicKey> all(NamespaceRow namespace) {
    return of(namespace).chain().keys();
  }

  @Override
  public byte[] sign(NamespaceRow namespace, SigningKeyId key, byte[] message) {
    return of(namespace).privateKey(key).sign(message);
  }

  @Override
  public PublicKey rotate(NamespaceRow namespace) {
    return of(namespace).rotate().current();
  }

  private Keys of(NamespaceRow namespace) {
    return namespaces.computeIfAbsent(namespace.name(), _ -> new Keys(namespace));
  }

  /** Clears every seed. No call may be running. */
  @Override
  public void close() {
    namespaces.values().forEach(Keys::close);
  }

  /** One namespace's keys. Guarded by itself: who comes second finds what the first has made. */
  private final class Keys {
    private final NamespaceRow namespace;
    private final Map<SigningKeyId, SigningKey> unwrapped = new HashMap<>();
    private @Nullable KeyChain known;

    Keys(NamespaceRow namespace) {
      this.namespace = namespace;
    }

    synchronized KeyChain chain() {
      if (known == null) {
        known = attempt(this::load);
      }
      return known;
    }

    private KeyChain load() throws IOException {
      Optional<KeyChain> there = keyring.chain(namespace.domain(), namespace.name());
      requireAllThere();
      KeyChain chain =
          there.isPresent() ? there.get() : keyring.create(namespace.domain(), namespace.name());
      keepCopies(); // a crash may have come between a key's file and its copy
      return chain;
    }

    /**
     * A newest key whose file is lost would leave no gap, and an old one would be current again.
     */
    private void requireAllThere() throws IOException {
      Set<String> files = keyring.files(namespace.domain(), namespace.name()).keySet();
      Set<String> lost =
          copies.names().stream()
              .filter(name -> keyring.isFileOf(name, namespace.domain(), namespace.name()))
              .filter(name -> !files.contains(name))
              .collect(Collectors.toSet());
      if (!lost.isEmpty()) {
        throw new AifsException.Corrupt(
            Reason.KEY_FILE_DAMAGED,
            "signing key file " + lost.iterator().next() + " is missing",
            "'aifs fsck --repair' writes it from the catalog's copy; so does the next start.");
      }
    }

    private void keepCopies() throws IOException {
      copies.keepCopies(keyring.files(namespace.domain(), namespace.name()));
    }

    synchronized SigningKey privateKey(SigningKeyId id) {
      KeyChain chain = chain();
      SigningKey key = unwrapped.get(id);
      if (key == null) {
        key = attempt(() -> keyring.unwrap(namespace.domain(), chain, id));
        unwrapped.put(id, key);
      }
      return key;
    }

    synchronized KeyChain rotate() {
      KeyChain rotated = attempt(() -> keyring.rotate(namespace.domain(), chain()));
      known = rotated;
      attempt(
          () -> {
            keepCopies();
            return rotated;
          });
      return rotated;
    }

    synchronized void close() {
      unwrapped.values().forEach(SigningKey::close);
      unwrapped.clear();
    }

    private <T> T attempt(Step<T> step) {
      try {
        return step.run();
      } catch (IOException e) {
        throw Failures.translate(
            "the signing keys of namespace " + namespace.name() + " could not be used", e);
      }
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T run() throws IOException;
  }
}
