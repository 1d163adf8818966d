package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.snapshot.SnapshotBrokenException;
import io.aifs.core.snapshot.SnapshotProof;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.VerifyingKey;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotRow;
import io.aifs.server.snapshot.TreeCheck;
import io.aifs.server.snapshot.TreeProver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recomputes snapshots, and proves what they hold. Thread-safe. */
public final class SnapshotChecks {
  private static final int PROBLEMS_MAX = 100;

  private final Catalog catalog;
  private final SnapshotService snapshots;
  private final SnapshotVerification verification;
  private final TreeStorage trees;

  SnapshotChecks(
      Catalog catalog,
      SnapshotService snapshots,
      SnapshotVerification verification,
      TreeStorage trees) {
    this.catalog = catalog;
    this.snapshots = snapshots;
    this.verification = verification;
    this.trees = trees;
  }

  /**
   * What a check found.
   *
   * @param problems the first of them, the most important first; empty if all is well
   * @param nodes how many were recomputed
   * @param entries how many were
   */
  public record Verdict(
      SnapshotRow row, boolean signatureValid, List<String> problems, long nodes, long entries) {
    public boolean valid() {
      return signatureValid && problems.isEmpty();
    }
  }

  /**
   * Recomputes every node's digests and sums from its entries, looks whether each asset is visible
   * or deleted, and checks the signature.
   *
   * @param key empty: the one that the store knows under the statement's key id
   * @throws AifsException.NotFound if there is no such snapshot
   */
  public Verdict check(NamespaceRow namespace, SnapshotId id, Optional<VerifyingKey> key) {
    SnapshotRow row = snapshots.row(namespace, id);
    List<String> problems = new ArrayList<>();
    boolean signed = signature(namespace, row, key, problems);
    Set<Digest> checked = new HashSet<>();
    long[] entries = {0};
    TreeCheck check =
        new TreeCheck(
            trees.nodes(namespace),
            checked,
            problem -> add(problems, "tree node " + problem.node() + ": " + problem.message()),
            leaf -> {
              entries[0] += leaf.entries().size();
              assets(namespace, leaf, problems);
            });
    check.check(row.roots().paths());
    check.check(row.roots().unnamed());
    return new Verdict(row, signed, List.copyOf(problems), checked.size(), entries[0]);
  }

  private boolean signature(
      NamespaceRow namespace, SnapshotRow row, Optional<VerifyingKey> key, List<String> problems) {
    try {
      verification.verify(
          namespace, row, key.isPresent() ? key.get() : verification.keyOf(namespace, row));
      return true;
    } catch (SnapshotBrokenException e) {
      add(problems, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void assets(NamespaceRow namespace, TreeNode.Leaf leaf, List<String> problems) {
    List<Digest> ids = new ArrayList<>();
    for (PathEntry entry : leaf.entries()) {
      if (entry.entry() instanceof TreeEntry.File file) {
        ids.add(file.asset());
      }
    }
    List<Digest> lost = catalog.read(reader -> lost(reader, namespace, ids));
    lost.forEach(asset -> add(problems, "asset " + asset + " is neither visible nor deleted"));
  }

  private static List<Digest> lost(CatalogReader reader, NamespaceRow namespace, List<Digest> ids) {
    Set<Digest> visible = reader.assets().findAll(namespace.number(), ids).keySet();
    return ids.stream()
        .filter(id -> !visible.contains(id))
        .filter(id -> reader.assets().findTombstone(namespace.number(), id).isEmpty())
        .toList();
  }

  private static void add(List<String> problems, String problem) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(problem);
    }
  }

  /**
   * The proof that a path was in a snapshot.
   *
   * @throws AifsException.NotFound if it was not
   */
  public byte[] prove(NamespaceRow namespace, VerifiedSnapshot snapshot, TreePath path) {
    return prove(namespace, snapshot, SnapshotProof.Part.PATHS, path);
  }

  /**
   * The proof that an asset was in a snapshot's unnamed part.
   *
   * @throws AifsException.NotFound if it was not
   */
  public byte[] prove(NamespaceRow namespace, VerifiedSnapshot snapshot, Digest asset) {
    return prove(namespace, snapshot, SnapshotProof.Part.UNNAMED, new TreePath(asset.hex()));
  }

  private byte[] prove(
      NamespaceRow namespace, VerifiedSnapshot snapshot, SnapshotProof.Part part, TreePath path) {
    TreeRoot root =
        switch (part) {
          case PATHS -> snapshot.roots().paths();
          case UNNAMED -> snapshot.roots().unnamed();
        };
    TreeProver.Proven proven =
        TreeProver.prove(trees.nodes(namespace), root, path)
            .orElseThrow(() -> absent(snapshot, part, path));
    try {
      return new SnapshotProof(
              snapshot.statement().claim(),
              snapshot.row().signature(),
              verification.keyOf(namespace, snapshot.row()),
              part,
              proven.entry(),
              proven.proof())
          .encode();
    } catch (SnapshotBrokenException e) {
      throw new IllegalStateException("a verified snapshot is broken", e);
    }
  }

  private static AifsException.NotFound absent(
      VerifiedSnapshot snapshot, SnapshotProof.Part part, TreePath path) {
    String what = part == SnapshotProof.Part.PATHS ? "path '" + path + "'" : "asset " + path;
    return new AifsException.NotFound(
        Reason.PATH_NOT_FOUND,
        what + " is not in snapshot " + snapshot.id(),
        "'aifs ls snap:"
            + snapshot.id()
            + ":' shows what is; that something is not there is not proven");
  }
}
