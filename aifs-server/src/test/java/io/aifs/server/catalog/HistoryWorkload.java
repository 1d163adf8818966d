package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random snapshots, moves and tags. */
final class HistoryWorkload {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

  private final Random random;

  HistoryWorkload(Random random) {
    this.random = random;
  }

  /** Adds a snapshot and moves a branch to it, or back, or away; sometimes prunes one. */
  void step(CatalogWriter writer, long space, int step) {
    Name branch = random.nextInt(3) == 0 ? Name.MAIN_BRANCH : new Name("b" + random.nextInt(3));
    Optional<SnapshotId> head = writer.refs().branch(space, branch).flatMap(BranchRow::head);
    if (head.isPresent() && !branch.equals(Name.MAIN_BRANCH) && random.nextInt(4) == 0) {
      writer.tree().reset(space, branch, SnapshotRoots.EMPTY);
      move(writer, space, branch, head, Optional.empty(), step);
      return;
    }
    SnapshotId id = new SnapshotId("%032x".formatted((space << 32) + step));
    writer
        .snapshots()
        .add(space, row(writer, space, id, head.stream().toList(), NOON.plusSeconds(step)));
    move(writer, space, branch, head, Optional.of(id), step);
    writer.refs().guard(space, branch, random.nextBoolean());
    head.filter(old -> random.nextInt(3) == 0)
        .filter(old -> writer.refs().anyBranchAt(space, old).isEmpty())
        .filter(old -> writer.refs().anyTagAt(space, old).isEmpty())
        .ifPresent(old -> writer.snapshots().prune(space, old));
  }

  static SnapshotRow row(
      CatalogReader reader, long space, SnapshotId id, List<SnapshotId> parents, Instant at) {
    long top =
        reader.snapshots().nodes(space, parents).values().stream()
            .mapToLong(SnapshotNode::generation)
            .max()
            .orElse(0);
    return new SnapshotRow(
        new SnapshotNode(id, at, top + 1, parents, false),
        SnapshotRoots.EMPTY,
        new byte[] {1, 2, 3},
        new byte[] {4, 5});
  }

  private static void move(
      CatalogWriter writer,
      long space,
      Name branch,
      Optional<SnapshotId> from,
      Optional<SnapshotId> to,
      int step) {
    long sequence =
        writer
            .events()
            .append(new EventRow(0, space, "ref.move", NOON, List.of(), Map.of("n", "" + step)));
    Map<String, String> metadata = step % 3 == 0 ? Map.of("step", "" + step) : Map.of();
    writer
        .refs()
        .move(
            space,
            new BranchMove(
                sequence, branch, from, to, NOON.plusNanos(step), "ada", "why", metadata));
    if (from.isEmpty() && !branch.equals(Name.MAIN_BRANCH)) {
      writer.tree().reset(space, branch, SnapshotRoots.EMPTY);
    }
  }

  /** Makes or deletes a tag. */
  void tag(CatalogWriter writer, long space, int step) {
    List<TagRow> tags = new ArrayList<>(writer.refs().tags(space, Optional.empty(), 100));
    if (!tags.isEmpty() && random.nextInt(3) == 0) {
      TagRow tag = tags.get(random.nextInt(tags.size()));
      writer.refs().deleteTag(space, tag.name(), NOON);
      if (random.nextBoolean()) {
        writer.refs().makeTag(space, tag);
      }
      return;
    }
    writer.snapshots().listNewest(space, Optional.empty(), 5).stream()
        .findFirst()
        .ifPresent(
            row ->
                writer
                    .refs()
                    .makeTag(
                        space,
                        new TagRow(
                            new Name("v" + step),
                            row.id(),
                            NOON,
                            "ada",
                            Map.of(),
                            Optional.empty())));
  }
}
