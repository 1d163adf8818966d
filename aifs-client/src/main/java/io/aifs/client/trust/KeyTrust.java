package io.aifs.client.trust;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.SigningKeyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the keys that the server at an address shows with those that were pinned: what is met
 * first is pinned, what a pinned key leads to by endorsements is believed and pinned in its place,
 * all else is refused. Thread-safe.
 */
public final class KeyTrust {
  private final KnownKeys knownKeys;
  private final String address;

  /**
   * @param address the server as it was typed
   */
  public KeyTrust(KnownKeys knownKeys, String address) {
    this.knownKeys = requireNonNull(knownKeys, "knownKeys is null");
    this.address = requireNonNull(address, "address is null");
  }

  /**
   * The keys, if they are to be believed; pins the newest.
   *
   * @throws AifsException.Corrupt if they contradict a pin, saying what that may mean
   */
  public KeyChain believe(ServerKeys shown) {
    KeyChain chain = shown.chain();
    KnownKey newest = newest(shown, chain);
    if (!knownKeys.all().contains(newest)) {
      knownKeys.update(
          pins -> {
            requireSameStore(pins, newest);
            pinOf(pins, newest).ifPresent(pinned -> requireLeadsTo(chain, pinned));
            return replaced(pins, newest);
          });
    }
    return chain;
  }

  /** Pins the newest of these keys, whatever was pinned, with all else at this address. */
  public KeyChain accept(ServerKeys shown) {
    KeyChain chain = shown.chain();
    KnownKey newest = newest(shown, chain);
    knownKeys.update(
        pins ->
            replaced(
                pins.stream()
                    .filter(
                        pin ->
                            !pin.address().equals(address)
                                || pin.storeId().equals(newest.storeId()))
                    .toList(),
                newest));
    return chain;
  }

  private KnownKey newest(ServerKeys shown, KeyChain chain) {
    return new KnownKey(address, shown.storeId(), shown.namespace(), chain.current().key());
  }

  private static Optional<KnownKey> pinOf(List<KnownKey> pins, KnownKey newest) {
    return pins.stream().filter(newest::isBeside).findFirst();
  }

  private static List<KnownKey> replaced(List<KnownKey> pins, KnownKey newest) {
    List<KnownKey> replaced = new ArrayList<>(pins);
    replaced.removeIf(newest::isBeside);
    replaced.add(newest);
    return replaced;
  }

  private void requireSameStore(List<KnownKey> pins, KnownKey newest) {
    Optional<KnownKey> other =
        pins.stream()
            .filter(pin -> pin.address().equals(address))
            .filter(pin -> !pin.storeId().equals(newest.storeId()))
            .findFirst();
    if (other.isPresent()) {
      throw new AifsException.Corrupt(
          Reason.KEY_CHANGED,
          "%s was store %s when it was met first, and now says that it is store %s"
              .formatted(address, other.get().storeId(), newest.storeId()),
          "it may have been set up anew, or the address given to another store, or somebody stands"
              + " between you and it. Ask its operator; if it is right, 'aifs trust forget "
              + address
              + "' and try again.");
    }
  }

  private void requireLeadsTo(KeyChain chain, KnownKey pinned) {
    if (chain.keys().stream().noneMatch(key -> key.key().equals(pinned.key()))) {
      Name namespace = pinned.namespace();
      SigningKeyId now = chain.current().id();
      throw new AifsException.Corrupt(
          Reason.KEY_CHANGED,
          "the signing key of namespace %s at %s changed: pinned is %s, the server shows %s, and %s"
                  .formatted(namespace, address, pinned.id(), now, pinned.id())
              + " has not endorsed it",
          "its operator may have lost the old key, or an older backup is served, or somebody else"
              + " signs in its name. Compare "
              + now
              + " with what the operator tells you by another way; if it is right, 'aifs trust"
              + " accept "
              + now
              + "'. Until then, no snapshot from there is believed.");
    }
  }
}
