package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.Finding.Fix;
import io.aifs.server.engine.KeyCheck;
import io.aifs.server.keys.KeyCopies;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The wrapped key files against the copies that the catalog keeps of them. */
final class KeyFiles implements KeyCheck {
  private final KeyCopies files;
  private final Catalog catalog;

  KeyFiles(KeyCopies files, Catalog catalog) {
    this.files = files;
    this.catalog = catalog;
  }

  private Map<String, byte[]> copies() {
    return catalog.read(reader -> reader.ledger().keyFiles());
  }

  /** Of every key file that has a copy. */
  Set<String> names() {
    return copies().keySet();
  }

  /** Of those that {@link #check} has something to say about. */
  Set<String> damagedNames() {
    return copies().entrySet().stream()
        .filter(copy -> problem(copy.getKey(), copy.getValue()).isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * Puts back key files that are gone; one that is there is never touched. A copy under a name that
   * is none is left for {@link #check} to report.
   */
  void restoreMissing() throws IOException {
    for (Map.Entry<String, byte[]> copy : copies().entrySet()) {
      if (files.isName(copy.getKey()) && !files.exists(copy.getKey())) {
        files.restore(copy.getKey(), copy.getValue());
      }
    }
  }

  /** Gives the catalog copies of key files that it has none of yet. */
  void keepCopies(Map<String, byte[]> present) {
    Map<String, byte[]> added = new TreeMap<>(present);
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
  public void check(boolean repair, Consumer<Finding> findings) {
    copies()
        .forEach(
            (name, copy) ->
                problem(name, copy)
                    .map(problem -> repair ? repaired(name, copy, problem) : problem)
                    .ifPresent(findings));
  }

  private Optional<Finding> problem(String name, byte[] copy) {
    if (!files.isName(name) || !isIntact(name, copy)) {
      return Optional.of(
          new Finding(
              Finding.Severity.WARNING,
              "key-copy-damaged",
              "the catalog's copy of key file " + name + " is damaged",
              "make a backup of keys/ now: it has no second copy; then restore the catalog"));
    }
    try {
      byte[] there = files.read(name);
      files.requireIntact(name, there);
      return Arrays.equals(there, copy)
          ? Optional.empty()
          : Optional.of(
              new Finding(
                  Finding.Severity.WARNING,
                  "key-file-differs",
                  "key file " + name + " differs from the catalog's copy",
                  "restore the data directory from one backup, not from two"));
    } catch (IOException | AifsException e) {
      return Optional.of(
          new Finding(
                  Finding.Severity.WARNING,
                  "key-file-damaged",
                  "key file " + name + " is damaged: " + e.getMessage(),
                  "'aifs fsck --repair' writes it from the catalog's copy")
              .with(Fix.RESTORE_FILE, false));
    }
  }

  private boolean isIntact(String name, byte[] copy) {
    try {
      files.requireIntact(name, copy);
      return true;
    } catch (AifsException _) {
      return false;
    }
  }

  private Finding repaired(String name, byte[] copy, Finding problem) {
    if (problem.fix().isEmpty()) {
      return problem;
    }
    try {
      files.restore(name, copy);
      return problem.with(Fix.RESTORE_FILE, true);
    } catch (IOException | AifsException e) {
      return new Finding(
          Finding.Severity.WARNING,
          problem.code(),
          problem.message() + "; and it could not be written: " + e.getMessage(),
          "look at the disk; take the file from a backup");
    }
  }
}
