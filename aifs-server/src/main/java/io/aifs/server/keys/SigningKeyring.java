package io.aifs.server.keys;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.core.snapshot.SnapshotBrokenException;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.KeyFile;
import io.aifs.crypto.KeyPurpose;
import io.aifs.crypto.KeyService;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.SigningKey;
import io.aifs.server.file.Disk;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The signing keys of namespaces on disk, one file per key: what everybody may read of it, and the
 * seed, wrapped and bound to that. Reading the public halves needs no key service. Keeps nothing
 * unwrapped. The caller sees to it that only one thread at a time changes a namespace's keys.
 *
 * <p>A new key is there once its file is, and the highest number is current, so a crash leaves
 * either the old key or the new one. Failures are those of {@link DomainKeyring}.
 */
public final class SigningKeyring {
  private final KeyFolder folder;
  private final KeyWrapping wrapping;
  private final String storeId;
  private final RandomBytes random;
  private final Clock clock;

  public SigningKeyring(
      Disk disk, KeyService keyService, String storeId, RandomBytes random, Clock clock) {
    this.folder = new KeyFolder(disk);
    this.wrapping = new KeyWrapping(keyService);
    this.storeId = requireNonNull(storeId, "storeId is null");
    this.random = requireNonNull(random, "random is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The namespace's keys, each checked against the one before it; empty if it has none yet. */
  public Optional<KeyChain> chain(DomainId domain, Name namespace) throws IOException {
    List<PublicKey> keys = new ArrayList<>();
    Optional<KeyChain> chain = Optional.empty();
    for (SigningKeyName name : names(domain, namespace)) {
      if (name.number() != keys.size() + 1) {
        folder.read(new SigningKeyName(domain, namespace, keys.size() + 1).file()); // throws
      }
      keys.add(name.publicKey(folder.read(name.file())));
      chain = Optional.of(requireChain(keys, name)); // here, so that a failure names the file
    }
    return chain;
  }

  private KeyChain requireChain(List<PublicKey> keys, SigningKeyName last) {
    try {
      return KeyChain.of(storeId, last.namespace(), keys);
    } catch (SnapshotBrokenException e) {
      throw KeyFolder.damaged(last.file(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Makes the namespace's first key, durable on return. */
  public KeyChain create(DomainId domain, Name namespace) throws IOException {
    SigningKeyName name = new SigningKeyName(domain, namespace, 1);
    try (SigningKey key = SigningKey.generate(random)) {
      PublicKey made = PublicKey.first(storeId, namespace, now(), key);
      write(name, made, key);
      return requireChain(List.of(made), name);
    }
  }

  /** Makes a new key, endorsed by the current one, durable on return. */
  public KeyChain rotate(DomainId domain, KeyChain chain) throws IOException {
    PublicKey current = chain.current();
    SigningKeyName name =
        new SigningKeyName(domain, current.statement().namespace(), chain.keys().size() + 1);
    try (SigningKey own = unwrap(domain, chain, current.id());
        SigningKey next = SigningKey.generate(random)) {
      List<PublicKey> keys = new ArrayList<>(chain.keys());
      keys.add(current.endorse(own, next, now()));
      write(name, keys.getLast(), next);
      return requireChain(keys, name);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void write(SigningKeyName name, PublicKey made, SigningKey key) throws IOException {
    byte[] publicPart = made.encode();
    byte[] context = KeyFile.signingContext(name.domain().hex(), name.number(), publicPart);
    byte[] seed = key.seed();
    try {
      KeyWrapping.Wrapped wrapped = wrapping.wrap(name.file(), name.domain().hex(), seed, context);
      folder.write(
          name.file(),
          new KeyFile(
              KeyPurpose.SIGNING,
              name.domain().hex(),
              name.number(),
              wrapped.kekId(),
              wrapped.bytes(),
              publicPart));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /**
   * The private half of a key of the chain. Asks the key service; the caller closes it.
   *
   * @throws IllegalArgumentException if the chain has no such key
   */
  public SigningKey unwrap(DomainId domain, KeyChain chain, SigningKeyId id) throws IOException {
    List<SigningKeyId> ids = chain.keys().stream().map(PublicKey::id).toList();
    if (!ids.contains(id)) {
      throw new IllegalArgumentException("not a signing key of the namespace: " + id);
    }
    SigningKeyName name =
        new SigningKeyName(domain, chain.current().statement().namespace(), ids.indexOf(id) + 1);
    KeyFile file = folder.read(name.file());
    name.publicKey(file);
    byte[] seed = wrapping.unwrap(name.file(), file, file.context(), SigningKey.SEED_BYTES);
    try {
      SigningKey unwrapped = SigningKey.fromSeed(seed);
      if (!SigningKeyId.of(unwrapped.publicKey()).equals(id)) {
        unwrapped.close();
        throw KeyFolder.damaged(name.file(), "its two halves are not of one key", null);
      }
      return unwrapped;
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The namespace's key files by name, as they are: wrapped. For copies kept elsewhere. */
  public Map<String, byte[]> files(DomainId domain, Name namespace) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (SigningKeyName name : names(domain, namespace)) {
      files.put(name.file(), folder.readBytes(name.file()));
    }
    return files;
  }

  /** Whether a key file is one of this namespace's. */
  public boolean isFileOf(String file, DomainId domain, Name namespace) {
    return SigningKeyName.parse(file).filter(name -> name.isOf(domain, namespace)).isPresent();
  }

  private List<SigningKeyName> names(DomainId domain, Name namespace) throws IOException {
    return folder.list(SigningKeyName.directory(domain)).stream()
        .flatMap(file -> SigningKeyName.parse(file).stream())
        .filter(name -> name.isOf(domain, namespace))
        .sorted(SigningKeyName.BY_NUMBER)
        .toList();
  }
}
