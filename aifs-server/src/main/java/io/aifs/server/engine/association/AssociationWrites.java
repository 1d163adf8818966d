package io.aifs.server.engine.association;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.ObjectId;
import io.aifs.server.catalog.AssociationKey;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes of associations within a catalog write, with everything that is checked: what {@link
 * AssociationService} does by itself, and a transaction among its other steps.
 */
public final class AssociationWrites {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final CatalogWriter writer;
  private final NamespaceRow namespace;
  private final Instant now;
  private final AssociationTypes types;

  /**
   * @param writer of the catalog write that this is part of; used no longer than it
   * @param now the time of associations that say none, and of events
   */
  public AssociationWrites(CatalogWriter writer, NamespaceRow namespace, Instant now) {
    this.writer = writer;
    this.namespace = namespace;
    this.now = now;
    this.types = new AssociationTypes(writer.associations(), namespace);
  }

  /**
   * What was written.
   *
   * @param version the sequence of the event that announces it; the newest one if there is none
   */
  public record Written(int created, int updated, long version) {}

  /**
   * What was removed.
   *
   * @param version as for {@link Written}
   */
  public record Deleted(int deleted, long version) {}

  /**
   * Refuses a batch that is too large, whatever the store holds.
   *
   * @throws AifsException.InvalidRequest then
   */
  public static void requireFits(List<AssociationWrite> writes) {
    requireFew(writes.size());
    long bytes = 0;
    for (AssociationWrite write : writes) {
      bytes += write.data().bytes().length;
      bytes += size(write.name().id1()) + size(write.name().id2());
    }
    if (bytes > Limits.BATCH_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "associations",
          "the batch has " + bytes + " bytes, over " + Limits.BATCH_BYTES_MAX,
          "split the call");
    }
  }

  private static int size(ObjectId id) {
    return id instanceof ObjectId.External(String text) ? text.length() : 0;
  }

  /**
   * The same for names.
   *
   * @throws AifsException.InvalidRequest if there are too many
   */
  public static void requireFew(int count) {
    if (count > Limits.BATCH_ENTRIES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "associations",
          "the batch has " + count + " associations, over " + Limits.BATCH_ENTRIES_MAX,
          "split the call");
    }
  }

  /**
   * Writes all, or throws.
   *
   * @throws AifsException.NotFound if a type is not declared
   * @throws AifsException.InvalidRequest if a type shows lineage
   * @throws AifsException.Precondition if an end is not in the namespace
   */
  public Written putAll(List<AssociationWrite> writes) {
    if (writes.isEmpty()) {
      return new Written(0, 0, writer.events().newest());
    }
    Map<AssociationName, AssociationRow> rows = new LinkedHashMap<>();
    Set<ObjectId> ends = new HashSet<>();
    long nowNanos =
        Math.addExact(Math.multiplyExact(now.getEpochSecond(), NANOS_PER_SECOND), now.getNano());
    for (AssociationWrite write : writes) {
      AssociationName name = write.name();
      rows.remove(name); // the last of several comes where it stands
      rows.put(
          name,
          new AssociationRow(
              name.id1(),
              types.writable(name.type()),
              name.id2(),
              write.timeNanos().orElse(nowNanos),
              write.data()));
      ends.add(name.id1());
      ends.add(name.id2());
    }
    requireThere(ends);
    int created = writer.associations().putAll(namespace.number(), rows.values());
    List<AssociationEvents.Entry> entries = new ArrayList<>(rows.size());
    rows.forEach((name, row) -> entries.add(new AssociationEvents.Entry(name, row.timeNanos())));
    long version =
        AssociationEvents.append(writer, namespace.number(), AssociationEvents.PUT, now, entries);
    return new Written(created, rows.size() - created, version);
  }

  private void requireThere(Set<ObjectId> ends) {
    Set<ObjectId> missing = writer.associations().missing(namespace.number(), ends);
    if (!missing.isEmpty()) {
      ObjectId first = missing.iterator().next();
      throw new AifsException.Precondition(
          Reason.ENDPOINT_NOT_FOUND,
          first
              + " is not in namespace "
              + namespace.name()
              + (missing.size() > 1 ? ", and " + (missing.size() - 1) + " more" : ""),
          "put the asset, snapshot or ref first, then the association");
    }
  }

  /**
   * Removes those that are there.
   *
   * @throws AifsException.NotFound if a type is not declared
   * @throws AifsException.InvalidRequest if a type shows lineage
   */
  public Deleted deleteAll(List<AssociationName> names) {
    Map<AssociationKey, AssociationName> keys = new LinkedHashMap<>();
    for (AssociationName name : names) {
      keys.put(new AssociationKey(name.id1(), types.writable(name.type()), name.id2()), name);
    }
    List<AssociationEvents.Entry> gone = new ArrayList<>();
    writer
        .associations()
        .deleteAll(namespace.number(), keys.keySet())
        .forEach(
            (key, time) -> {
              AssociationName name = keys.get(key);
              if (name != null) {
                gone.add(new AssociationEvents.Entry(name, time));
              }
            });
    long version =
        gone.isEmpty()
            ? writer.events().newest()
            : AssociationEvents.append(
                writer, namespace.number(), AssociationEvents.DELETE, now, gone);
    return new Deleted(gone.size(), version);
  }
}
