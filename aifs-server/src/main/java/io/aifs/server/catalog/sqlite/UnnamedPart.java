package io.aifs.server.catalog.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.catalog.layer.LayerView;
import io.aifs.server.catalog.layer.TreeBase;
import java.util.Collection;
import java.util.Optional;

/** The unnamed part of branch {@code main}: a tree whose paths are asset ids in hex. */
final class UnnamedPart {
  private final Overlay overlay;
  private final LayerView view;

  private UnnamedPart(Overlay overlay, LayerView view) {
    this.overlay = overlay;
    this.view = view;
  }

  /** Empty if the branch is lost, which a repair sets right. */
  static Optional<UnnamedPart> find(Session session, TreeBase base, long namespace) {
    return new SqliteWorkingReader(session)
        .tree(namespace, Name.MAIN_BRANCH, TreePart.UNNAMED)
        .map(
            tree -> {
              LayerView view = new SqliteTreeReader(session, base).view(namespace, tree);
              return new UnnamedPart(new Overlay(session, tree, view), view);
            });
  }

  /** Adds assets; nothing is written for those that are here as they are. False if all are. */
  boolean putAll(Collection<AssetRow> rows) {
    boolean added = false;
    for (AssetRow row : rows) {
      PathEntry entry = row.unnamedEntry();
      if (view.at(entry.path().toUtf8()).filter(entry::equals).isEmpty()) {
        overlay.put(entry);
        added = true;
      }
    }
    return added;
  }

  void remove(Digest asset) {
    overlay.remove(asset.hex().getBytes(UTF_8));
  }
}
