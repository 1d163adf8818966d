package io.aifs.server.engine.lineage;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.LineageRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What records edges between assets that are there, with the event, in a catalog write. Holds
 * inputs only, so that the catalog may run it more than once.
 */
public record LineageCommit(NamespaceRow namespace, List<NewParents> children, Instant now) {
  /** The type of the event; its assets are the children that have new edges. */
  public static final String LINEAGE_ADD = "lineage.add";

  public LineageCommit {
    children = List.copyOf(children);
  }

  /**
   * What was recorded.
   *
   * @param added edges that were not there before
   * @param version the event's sequence; the newest one if nothing was new
   */
  public record Outcome(int added, long version) {}

  /**
   * Adds all edges or fails.
   *
   * @throws AifsException.NotFound if a child is not visible
   * @throws AifsException.Precondition if a parent is not visible, an asset would be its own
   *     ancestor, or have too many parents
   */
  public Outcome applyTo(CatalogWriter writer) {
    Map<Digest, List<ParentEdge>> byChild = new LinkedHashMap<>();
    for (NewParents each : children) {
      byChild.computeIfAbsent(each.child(), _ -> new ArrayList<>()).addAll(each.parents());
    }
    requireVisible(writer, byChild);
    LineageRules.requireAcyclic(writer.lineage(), namespace.number(), byChild);
    List<Digest> changed = new ArrayList<>();
    int added = 0;
    for (Map.Entry<Digest, List<ParentEdge>> child : byChild.entrySet()) {
      Digest id = child.getKey();
      LineageRules.requireFits(
          id, writer.assets().parents(namespace.number(), id), child.getValue());
      int more = writer.assets().addParents(namespace.number(), id, child.getValue(), now);
      added += more;
      if (more > 0) {
        changed.add(id);
      }
    }
    return new Outcome(
        added, changed.isEmpty() ? writer.events().newest() : append(writer, changed, added));
  }

  private void requireVisible(CatalogWriter writer, Map<Digest, List<ParentEdge>> byChild) {
    Set<Digest> ids = new LinkedHashSet<>(byChild.keySet());
    byChild.values().forEach(edges -> edges.forEach(edge -> ids.add(edge.parent())));
    Set<Digest> visible = writer.assets().findAll(namespace.number(), ids).keySet();
    for (Digest id : ids) {
      if (!visible.contains(id)) {
        throw byChild.containsKey(id) ? childNotFound(id) : parentNotFound(id);
      }
    }
  }

  private AifsException childNotFound(Digest id) {
    return new AifsException.NotFound(
        Reason.ASSET_NOT_FOUND,
        "asset " + id + " is not in namespace '" + namespace.name() + "'",
        "put the asset first, then record what it was made from");
  }

  private static AifsException parentNotFound(Digest id) {
    return new AifsException.Precondition(
        Reason.PARENT_NOT_FOUND,
        "parent asset " + id + " is not in this namespace",
        "put the parent first, then the asset made from it");
  }

  private long append(CatalogWriter writer, List<Digest> changed, int added) {
    return writer
        .events()
        .append(
            new EventRow(
                0,
                namespace.number(),
                LINEAGE_ADD,
                now,
                changed,
                Map.of("edges", Integer.toString(added))));
  }
}
