package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotRow;
import io.aifs.server.catalog.TagRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two snapshots of namespace 1, {@code main} at the second, and a tag at the first. */
final class HistoryRows {
  static final SnapshotId FIRST = new SnapshotId("01".repeat(16));
  static final SnapshotId SECOND = new SnapshotId("02".repeat(16));
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  static void addTo(Catalog catalog) {
    var _ =
        catalog.<Boolean>write(
            writer -> {
              add(writer, new SnapshotNode(FIRST, NOON, 1, List.of(), false));
              add(writer, new SnapshotNode(SECOND, NOON, 2, List.of(FIRST), false));
              move(writer, Optional.empty(), FIRST);
              move(writer, Optional.of(FIRST), SECOND);
              writer
                  .refs()
                  .makeTag(
                      1,
                      new TagRow(new Name("v1"), FIRST, NOON, "ada", Map.of(), Optional.empty()));
              return true;
            });
  }

  private static void add(CatalogWriter writer, SnapshotNode node) {
    writer
        .snapshots()
        .add(1, new SnapshotRow(node, SnapshotRoots.EMPTY, new byte[] {1}, new byte[] {2}));
  }

  private static void move(CatalogWriter writer, Optional<SnapshotId> from, SnapshotId to) {
    long sequence =
        writer.events().append(new EventRow(0, 1, "ref.move", NOON, List.of(), Map.of()));
    writer
        .refs()
        .move(
            1,
            new BranchMove(
                sequence, Name.MAIN_BRANCH, from, Optional.of(to), NOON, "ada", "", Map.of()));
  }

  private HistoryRows() {}
}
