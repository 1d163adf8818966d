package io.aifs.server.engine.history;

import io.aifs.core.model.Name;
import io.aifs.core.snapshot.SnapshotBrokenException;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotReader;
import io.aifs.server.catalog.SnapshotRow;
import io.aifs.server.engine.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks that every snapshot of a store is what was signed. Thread-safe. */
public final class SnapshotFindings {
  private static final int AT_A_TIME = 1_000;

  private final Catalog catalog;
  private final SnapshotVerification verification;

  public SnapshotFindings(Catalog catalog, SnapshotVerification verification) {
    this.catalog = catalog;
    this.verification = verification;
  }

  /** Looks at all of them; nothing that was verified before counts. */
  public void check(Consumer<Finding> findings) {
    Optional<Name> after = Optional.empty();
    List<NamespaceRow> namespaces = namespaces(after);
    while (!namespaces.isEmpty()) {
      namespaces.forEach(namespace -> check(namespace, findings));
      namespaces = namespaces(Optional.of(namespaces.getLast().name()));
    }
  }

  private List<NamespaceRow> namespaces(Optional<Name> after) {
    return catalog.read(reader -> reader.namespaces().list(after, AT_A_TIME));
  }

  private void check(NamespaceRow namespace, Consumer<Finding> findings) {
    List<SnapshotRow> rows = rows(namespace, Optional.empty());
    while (!rows.isEmpty()) {
      rows.forEach(row -> check(namespace, row, findings));
      SnapshotNode last = rows.getLast().node();
      rows = rows(namespace, Optional.of(new SnapshotReader.Position(last.createdAt(), last.id())));
    }
  }

  private List<SnapshotRow> rows(NamespaceRow namespace, Optional<SnapshotReader.Position> before) {
    return catalog.read(
        reader -> reader.snapshots().listNewest(namespace.number(), before, AT_A_TIME));
  }

  private void check(NamespaceRow namespace, SnapshotRow row, Consumer<Finding> findings) {
    try {
      verification.verify(namespace, row, verification.keyOf(namespace, row));
    } catch (SnapshotBrokenException e) {
      findings.accept(
          new Finding(
              Finding.Severity.DAMAGE,
              "snapshot-broken",
              "snapshot "
                  + row.id()
                  + " of namespace '"
                  + namespace.name()
                  + "' is not what was signed: "
                  + e.getMessage(),
              "do not use it; restore the catalog from a backup, or move what names it and prune"
                  + " it"));
    }
  }
}
