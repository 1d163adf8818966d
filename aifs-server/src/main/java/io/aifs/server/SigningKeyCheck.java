package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.crypto.SigningKey;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.KeyCheck;
import io.aifs.server.keys.SigningKeyring;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether every namespace's signing keys form a chain, and its newest one can sign. */
final class SigningKeyCheck implements KeyCheck {
  private static final int PAGE = 100;

  private final SigningKeyring keyring;
  private final KeyFiles files;
  private final Catalog catalog;

  SigningKeyCheck(SigningKeyring keyring, KeyFiles files, Catalog catalog) {
    this.keyring = keyring;
    this.files = files;
    this.catalog = catalog;
  }

  @Override
  public void check(boolean repair, Consumer<Finding> findings) {
    List<NamespaceRow> page = page(Optional.empty());
    while (!page.isEmpty()) {
      page.forEach(namespace -> problem(namespace).ifPresent(findings));
      page = page(Optional.of(page.getLast()));
    }
  }

  private List<NamespaceRow> page(Optional<NamespaceRow> after) {
    return catalog.read(reader -> reader.namespaces().list(after.map(NamespaceRow::name), PAGE));
  }

  /** What is wrong with a file in itself, {@link KeyFiles} says. */
  private Optional<Finding> problem(NamespaceRow namespace) {
    try {
      Optional<KeyChain> chain = keyring.chain(namespace.domain(), namespace.name());
      if (chain.isPresent()) {
        SigningKey key =
            keyring.unwrap(namespace.domain(), chain.get(), chain.get().current().id());
        key.close();
      }
      return Optional.empty();
    } catch (IOException | AifsException e) {
      return isKnown(namespace)
          ? Optional.empty()
          : Optional.of(
              new Finding(
                  Finding.Severity.WARNING,
                  "signing-key-unusable",
                  "namespace %s cannot sign snapshots: %s"
                      .formatted(namespace.name(), e.getMessage()),
                  "take the files keys/%s/signing.* from a backup; without them, snapshots made so"
                          .formatted(namespace.domain())
                      + " far still verify where their public keys are known"));
    }
  }

  private boolean isKnown(NamespaceRow namespace) {
    return files.damagedNames().stream()
        .anyMatch(name -> keyring.isFileOf(name, namespace.domain(), namespace.name()));
  }
}
