package io.aifs.server;

import io.aifs.crypto.KeyFile;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.KeyCheck;
import io.aifs.server.file.Disk;
import io.aifs.server.keys.DomainKeyring;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The wrapped key files against the copies that the catalog keeps of them. */
final class KeyFiles implements KeyCheck {
  private final Disk disk;
  private final DomainKeyring keyring;
  private final Catalog catalog;

  KeyFiles(Disk disk, DomainKeyring keyring, Catalog catalog) {
    this.disk = disk;
    this.keyring = keyring;
    this.catalog = catalog;
  }

  private Map<String, byte[]> copies() {
    return catalog.read(reader -> reader.ledger().keyFiles());
  }

  /** Puts back key files that are gone; one that is there is never touched. */
  void restoreMissing() throws IOException {
    for (Map.Entry<String, byte[]> copy : copies().entrySet()) {
      if (!disk.exists(copy.getKey())) {
        keyring.restore(copy.getKey(), copy.getValue());
      }
    }
  }

  /** Gives the catalog copies of key files that it has none of yet. */
  void keepCopies(Map<String, byte[]> files) {
    Map<String, byte[]> added = new TreeMap<>(files);
    added.keySet().removeAll(copies().keySet());
    if (!added.isEmpty()) {
      catalog.write(
          writer -> {
            added.forEach(writer.ledger()::putKeyFile);
            return added.size();
          });
    }
  }

  @Override
  public void check(Consumer<Finding> findings) {
    copies().forEach((name, copy) -> problem(name, copy).ifPresent(findings));
  }

  private Optional<Finding> problem(String name, byte[] copy) {
    try {
      byte[] there = read(name);
      KeyFile.decode(there);
      if (!Arrays.equals(there, copy)) {
        return Optional.of(
            new Finding(
                Finding.Severity.WARNING,
                "key-file-differs",
                "key file " + name + " differs from the catalog's copy",
                "restore the data directory from one backup, not from two",
                List.of(),
                List.of()));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new Finding(
              Finding.Severity.WARNING,
              "key-file-damaged",
              "key file " + name + " is damaged: " + e.getMessage(),
              "remove the file: the next start puts the catalog's copy in its place",
              List.of(),
              List.of()));
    }
  }

  private byte[] read(String name) throws IOException {
    try (Disk.ReadFile file = disk.open(name)) {
      byte[] bytes = new byte[Math.toIntExact(file.length())];
      int count = file.read(0, bytes, 0, bytes.length);
      return Arrays.copyOf(bytes, count);
    }
  }
}
