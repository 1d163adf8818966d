package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.engine.WriteRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags: names that mean one snapshot for good. Thread-safe. */
public final class TagService {
  private final Catalog catalog;
  private final SnapshotService snapshots;
  private final Clock clock;

  TagService(Catalog catalog, SnapshotService snapshots, Clock clock) {
    this.catalog = catalog;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * Makes a tag. Making it again at the same snapshot changes nothing; one that was deleted comes
   * back.
   *
   * @throws AifsException.AlreadyExists if the name means another snapshot, also if the tag was
   *     deleted, or is that of a branch
   * @throws AifsException.NotFound if there is no such snapshot
   */
  public TagRow make(
      NamespaceRow namespace,
      Name name,
      SnapshotId at,
      Mover mover,
      Optional<WriteRequest> request) {
    snapshots.get(namespace, at);
    Instant now = clock.instant();
    TagRow tag = new TagRow(name, at, now, mover.who(), mover.metadata(), Optional.empty());
    return catalog.write(
        writer ->
            WriteRequest.once(
                request,
                writer,
                now,
                _ -> "made",
                _ -> writer.refs().tag(namespace.number(), name).orElseThrow(),
                () -> make(writer, namespace, tag)));
  }

  static TagRow make(CatalogWriter writer, NamespaceRow namespace, TagRow tag) {
    SnapshotService.row(writer, namespace, tag.snapshot());
    if (writer.refs().branch(namespace.number(), tag.name()).isPresent()) {
      throw exists(
          "'" + tag.name() + "' is the name of a branch", "choose another name for the tag");
    }
    Optional<TagRow> known = writer.refs().tag(namespace.number(), tag.name());
    if (known.isPresent() && !known.get().snapshot().equals(tag.snapshot())) {
      boolean deleted = known.get().deletedAt().isPresent();
      throw exists(
          "tag '"
              + tag.name()
              + "' means snapshot "
              + known.get().snapshot()
              + (deleted ? ", though it was deleted" : ""),
          "choose another name: a tag never moves");
    }
    if (known.isPresent() && known.get().deletedAt().isEmpty()) {
      return known.get();
    }
    writer.refs().makeTag(namespace.number(), tag);
    new HistoryEvents(writer, namespace, tag.createdAt())
        .append(
            HistoryEvents.TAG_CREATE,
            Map.of("tag", tag.name().value(), "snapshot", tag.snapshot().hex()));
    return tag;
  }

  /**
   * The tag; its snapshot verifies.
   *
   * @throws AifsException.NotFound if there is none, or it was deleted
   */
  public TagRow get(NamespaceRow namespace, Name name) {
    TagRow tag =
        catalog
            .read(reader -> reader.refs().tag(namespace.number(), name))
            .filter(found -> found.deletedAt().isEmpty())
            .orElseThrow(() -> notFound(namespace, name));
    snapshots.get(namespace, tag.snapshot());
    return tag;
  }

  /** In order of name, those after {@code after}; all their snapshots verify. */
  public List<TagRow> list(NamespaceRow namespace, Optional<Name> after, int limit) {
    List<TagRow> tags =
        catalog.read(reader -> reader.refs().tags(namespace.number(), after, limit));
    tags.forEach(tag -> snapshots.get(namespace, tag.snapshot()));
    return tags;
  }

  /**
   * Deletes a tag. Its name still means no other snapshot.
   *
   * @throws AifsException.NotFound if there is none
   */
  public void delete(NamespaceRow namespace, Name name) {
    Instant now = clock.instant();
    var _ =
        catalog.<Boolean>write(
            writer -> {
              delete(writer, namespace, name, now);
              return true;
            });
  }

  static void delete(CatalogWriter writer, NamespaceRow namespace, Name name, Instant now) {
    if (!writer.refs().deleteTag(namespace.number(), name, now)) {
      throw notFound(namespace, name);
    }
    new HistoryEvents(writer, namespace, now)
        .append(HistoryEvents.TAG_DELETE, Map.of("tag", name.value()));
  }

  private static AifsException.NotFound notFound(NamespaceRow namespace, Name name) {
    return new AifsException.NotFound(
        Reason.REF_NOT_FOUND,
        "'" + name + "' is no tag of namespace " + namespace.name(),
        "'aifs tag list' shows the tags");
  }

  private static AifsException.AlreadyExists exists(String what, String hint) {
    return new AifsException.AlreadyExists(Reason.REF_EXISTS, what, hint);
  }
}
