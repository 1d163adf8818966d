package io.aifs.server.crash;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.CheckListener;
import io.aifs.server.engine.CheckOptions;
import io.aifs.server.engine.CheckTally;
import io.aifs.server.engine.ContentReader;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.open.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A store against what it must hold. */
final class Comparison {
  private static final int ALL = 1_000;

  private final Engine engine;

  Comparison(Engine engine) {
    this.engine = engine;
  }

  /** The first difference in what can be seen of the store, content left out; empty if none. */
  Optional<String> difference(Model model) {
    List<NamespaceRow> rows = engine.namespaces().list(Optional.empty(), ALL);
    List<Name> names = rows.stream().map(NamespaceRow::name).toList();
    if (!names.equals(List.copyOf(model.spaces().keySet()))) {
      return Optional.of("namespaces are " + names + ", not " + model.spaces().keySet());
    }
    return rows.stream()
        .map(row -> difference(row, model.space(row.name())))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> difference(NamespaceRow row, Model.Space space) {
    TreeMap<TreePath, Digest> paths = new TreeMap<>();
    for (PathEntry entry :
        engine
            .tree()
            .read(
                row,
                Name.MAIN_BRANCH,
                queries -> queries.walk(TreePath.ROOT, Optional.empty(), ALL))) {
      if (entry.entry() instanceof TreeEntry.File file) {
        paths.put(entry.path(), file.asset());
      }
    }
    if (!paths.equals(space.paths())) {
      return Optional.of("paths of " + row.name() + " are " + paths + ", not " + space.paths());
    }
    TreeSet<Digest> assets =
        engine.assets().list(row, AssetFilter.ALL, Optional.empty(), 0, ALL).assets().stream()
            .map(AssetRow::id)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!assets.equals(space.assets().keySet())) {
      return Optional.of(
          "assets of " + row.name() + " are " + assets + ", not " + space.assets().keySet());
    }
    Optional<String> history = new HistoryComparison(engine, row).difference(space);
    if (history.isPresent()) {
      return history;
    }
    TreeSet<Digest> ever = new TreeSet<>(space.assets().keySet());
    ever.addAll(space.deleted().keySet());
    Optional<String> associations = space.associations().difference(engine, row, ever);
    if (associations.isPresent()) {
      return associations;
    }
    Optional<String> embeddings = space.embeddings().difference(engine, row);
    if (embeddings.isPresent()) {
      return embeddings;
    }
    return space.deleted().keySet().stream()
        .filter(id -> !isDeleted(row, id))
        .map(id -> "asset " + id + " of " + row.name() + " is not said to be deleted")
        .findFirst();
  }

  private boolean isDeleted(NamespaceRow row, Digest id) {
    try {
      engine.assets().detail(row, id);
      return false;
    } catch (AifsException.NotFound e) {
      return e.reason() == Reason.ASSET_DELETED;
    }
  }

  /** Reads every asset and throws if one is not what was put. */
  void requireContent(Model model) {
    for (Map.Entry<Name, Model.Space> entry : model.spaces().entrySet()) {
      NamespaceRow row = engine.namespaces().require(entry.getKey());
      entry.getValue().assets().forEach((id, content) -> requireContent(row, id, content));
    }
  }

  private void requireContent(NamespaceRow row, Digest id, byte[] content) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      ContentReader reader = engine.assets().open(row, id);
      reader.read(0, reader.requireRange(0, Optional.empty()), read::write);
    } catch (IOException | AifsException e) {
      throw new SimulationFailure("asset " + id + " of " + row.name() + " does not read", e);
    }
    if (!Arrays.equals(read.toByteArray(), content)) {
      throw new SimulationFailure("asset " + id + " of " + row.name() + " reads otherwise");
    }
  }

  /** Runs fsck, reading all data, and throws at the first finding that is more than information. */
  void requireSound() {
    engine
        .checks()
        .fsck(
            new CheckOptions(true, false),
            new CheckListener() {
              @Override
              public void finding(Finding finding) {
                if (finding.severity() != Finding.Severity.INFO) {
                  throw new SimulationFailure("fsck found: " + finding);
                }
              }

              @Override
              public void progress(CheckTally soFar) {
                // nobody waits
              }
            });
  }
}
