package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import io.aifs.server.catalog.AssociationKey;
import io.aifs.server.catalog.AssociationPage;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.AssociationTypeRow;
import io.aifs.server.catalog.AssociationWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Records changes of associations; their other ends and counts follow from them. */
record RecordingAssociations(AssociationWriter writer, Consumer<JournalOp> ops)
    implements AssociationWriter {
  @Override
  public void declare(long namespace, Collection<AssociationTypeRow> types) {
    writer.declare(namespace, types);
    if (!types.isEmpty()) {
      ops.accept(new AssociationOp.Declare(namespace, List.copyOf(types)));
    }
  }

  @Override
  public int putAll(long namespace, Collection<AssociationRow> rows) {
    int added = writer.putAll(namespace, rows);
    if (!rows.isEmpty()) {
      ops.accept(new AssociationOp.PutAll(namespace, List.copyOf(rows)));
    }
    return added;
  }

  @Override
  public Map<AssociationKey, Long> deleteAll(long namespace, Collection<AssociationKey> keys) {
    Map<AssociationKey, Long> deleted = writer.deleteAll(namespace, keys);
    if (!deleted.isEmpty()) {
      ops.accept(new AssociationOp.DeleteAll(namespace, List.copyOf(deleted.keySet())));
    }
    return deleted;
  }

  @Override
  public Optional<AssociationTypeRow> type(long namespace, Name name) {
    return writer.type(namespace, name);
  }

  @Override
  public List<AssociationTypeRow> types(long namespace) {
    return writer.types(namespace);
  }

  @Override
  public List<AssociationRow> find(
      long namespace, ObjectId id1, int type, Collection<ObjectId> id2s, TimeRange times) {
    return writer.find(namespace, id1, type, id2s, times);
  }

  @Override
  public long count(long namespace, ObjectId id1, int type) {
    return writer.count(namespace, id1, type);
  }

  @Override
  public AssociationPage list(
      long namespace,
      ObjectId id1,
      int type,
      TimeRange times,
      Optional<AssociationPage.Position> before,
      int skip,
      int limit) {
    return writer.list(namespace, id1, type, times, before, skip, limit);
  }

  @Override
  public Set<ObjectId> missing(long namespace, Collection<ObjectId> ids) {
    return writer.missing(namespace, ids);
  }
}
