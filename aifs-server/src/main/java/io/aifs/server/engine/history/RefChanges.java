package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes of refs in a catalog write that does other things too. The rules are those of {@link
 * RefService} and {@link TagService}, but that nothing is forced: a branch whose working state
 * holds changes, as they are at this point of the write, is refused.
 */
public final class RefChanges {
  /**
   * Makes a branch at a snapshot.
   *
   * @throws AifsException.AlreadyExists if the name is that of a branch, or ever was that of a tag
   * @throws AifsException.NotFound if there is no such snapshot
   */
  public static void start(
      CatalogWriter writer,
      NamespaceRow namespace,
      Name name,
      SnapshotId at,
      Mover mover,
      Instant now) {
    MoveOrder order = new MoveOrder(name, Optional.of(at), Optional.empty(), mover);
    var _ =
        BranchMoves.apply(writer, namespace, order, new BranchMoves.Rules(true, false, false), now);
  }

  /**
   * Moves a branch that stands at {@code expected}, or deletes it.
   *
   * @param to empty to delete it
   * @param expected empty: wherever it stands
   * @throws AifsException.Conflict if it stands elsewhere, saying who moved it
   * @throws AifsException.Precondition if it is protected, or holds changes
   */
  public static void move(
      CatalogWriter writer,
      NamespaceRow namespace,
      Name name,
      Optional<SnapshotId> to,
      Optional<SnapshotId> expected,
      Mover mover,
      Instant now) {
    MoveOrder order = new MoveOrder(name, to, expected, mover);
    var _ =
        BranchMoves.apply(
            writer, namespace, order, new BranchMoves.Rules(false, false, false), now);
  }

  /**
   * Makes a tag, as {@link TagService#make} does.
   *
   * @throws AifsException.AlreadyExists if the name means something else
   */
  public static void makeTag(
      CatalogWriter writer,
      NamespaceRow namespace,
      Name name,
      SnapshotId at,
      Mover mover,
      Instant now) {
    TagRow tag = new TagRow(name, at, now, mover.who(), mover.metadata(), Optional.empty());
    var _ = TagService.make(writer, namespace, tag);
  }

  /**
   * Deletes a tag.
   *
   * @throws AifsException.NotFound if there is none
   */
  public static void deleteTag(
      CatalogWriter writer, NamespaceRow namespace, Name name, Instant now) {
    TagService.delete(writer, namespace, name, now);
  }

  private RefChanges() {}
}
