package io.aifs.server.engine.association;

import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What events say of associations. A batch is one event: its assets are those among the ends, each
 * once; detail {@code entries} has a line for each association: type, id1, id2 and the time in
 * nanoseconds, with tabs between, where {@code #n} stands for the n-th of the event's assets from 0
 * on. Data is not in events.
 */
public final class AssociationEvents {
  public static final String PUT = "association.put";
  public static final String DELETE = "association.delete";
  public static final String DECLARE = "association.declare";

  private static final String ENTRIES = "entries";

  private AssociationEvents() {}

  /** One association of an event, from the end that was named; of a deleted one the time it had. */
  public record Entry(AssociationName name, long timeNanos) {}

  static long append(
      CatalogWriter writer, long namespace, String type, Instant now, List<Entry> entries) {
    Map<Digest, Integer> assets = new LinkedHashMap<>();
    StringBuilder lines = new StringBuilder();
    for (Entry entry : entries) {
      lines.append(entry.name().type()).append('\t');
      append(lines, entry.name().id1(), assets);
      append(lines, entry.name().id2(), assets);
      lines.append(entry.timeNanos()).append('\n');
    }
    return writer
        .events()
        .append(
            new EventRow(
                0,
                namespace,
                type,
                now,
                List.copyOf(assets.keySet()),
                Map.of(ENTRIES, lines.toString())));
  }

  private static void append(StringBuilder lines, ObjectId id, Map<Digest, Integer> assets) {
    if (id instanceof ObjectId.Asset(Digest asset)) {
      int index = assets.size();
      Integer known = assets.putIfAbsent(asset, index);
      lines.append('#').append(known == null ? index : known);
    } else {
      lines.append(id);
    }
    lines.append('\t');
  }

  static long appendDeclared(
      CatalogWriter writer, long namespace, AssociationType type, Instant now) {
    Map<String, String> details = new HashMap<>();
    details.put("type", type.name().value());
    type.inverse().ifPresent(inverse -> details.put("inverse", inverse.value()));
    return writer.events().append(new EventRow(0, namespace, DECLARE, now, List.of(), details));
  }

  /**
   * The associations of an event of type {@link #PUT} or {@link #DELETE}, in the order they were
   * written.
   *
   * @throws IllegalArgumentException if the row holds something else
   */
  public static List<Entry> entries(EventRow event) {
    List<Entry> entries = new ArrayList<>();
    for (String line : event.details().getOrDefault(ENTRIES, "").lines().toList()) {
      String[] fields = line.split("\t", -1);
      if (fields.length != 4) {
        throw new IllegalArgumentException("an association's line has not four fields: " + line);
      }
      AssociationName name =
          new AssociationName(id(event, fields[1]), new Name(fields[0]), id(event, fields[2]));
      entries.add(new Entry(name, Long.parseLong(fields[3])));
    }
    return entries;
  }

  private static ObjectId id(EventRow event, String field) {
    if (!field.startsWith("#")) {
      return ObjectId.parse(field);
    }
    int index = Integer.parseInt(field.substring(1));
    if (index < 0 || index >= event.assets().size()) {
      throw new IllegalArgumentException("the event has no asset " + field);
    }
    return new ObjectId.Asset(event.assets().get(index));
  }
}
