package io.aifs.server.crash;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.association.AssociationAnswer;
import io.aifs.server.engine.association.AssociationQuery;
import io.aifs.server.engine.open.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The associations that a namespace must hold, from both ends. Not thread-safe. */
final class SpaceAssociations {
  static final Name MAKES = new Name("makes");
  static final Name MADE_BY = new Name("made-by");

  /** Ends that are always there. */
  static final List<ObjectId> ENDS =
      List.of(
          new ObjectId.External("run:1"),
          new ObjectId.External("run:2"),
          new ObjectId.Ref(Name.MAIN_BRANCH));

  private static final int ALL = 1_000;

  /** What an association carries. */
  private record Value(long timeNanos, AssociationData data) {}

  private final Map<AssociationName, Value> rows = new HashMap<>();
  private boolean declared;

  SpaceAssociations copy() {
    SpaceAssociations copy = new SpaceAssociations();
    copy.rows.putAll(rows);
    copy.declared = declared;
    return copy;
  }

  boolean declared() {
    return declared;
  }

  void declare() {
    declared = true;
  }

  private static AssociationName otherEnd(AssociationName name) {
    return new AssociationName(name.id2(), name.type().equals(MAKES) ? MADE_BY : MAKES, name.id1());
  }

  void put(AssociationName name, long timeNanos, AssociationData data) {
    rows.put(name, new Value(timeNanos, data));
    rows.put(otherEnd(name), new Value(timeNanos, data));
  }

  void delete(AssociationName name) {
    rows.remove(name);
    rows.remove(otherEnd(name));
  }

  /** The first difference between these and what a store shows. */
  Optional<String> difference(Engine engine, NamespaceRow row, Set<Digest> assets) {
    if (!declared) {
      return Optional.empty();
    }
    List<ObjectId> ends = new ArrayList<>(ENDS);
    assets.forEach(asset -> ends.add(new ObjectId.Asset(asset)));
    Map<AssociationName, Value> found = new HashMap<>();
    for (ObjectId end : ends) {
      for (Name type : List.of(MAKES, MADE_BY)) {
        long count = add(engine, row, end, type, found);
        long listed =
            found.keySet().stream()
                .filter(name -> name.id1().equals(end) && name.type().equals(type))
                .count();
        if (count != listed) {
          return Optional.of(end + " of " + row.name() + " has " + listed + ", not " + count);
        }
      }
    }
    Set<AssociationName> differing = new HashSet<>(found.keySet());
    differing.addAll(rows.keySet());
    differing.removeIf(
        name -> Optional.ofNullable(rows.get(name)).equals(Optional.ofNullable(found.get(name))));
    return differing.stream()
        .findFirst()
        .map(
            name ->
                "association %s of %s is %s, not %s"
                    .formatted(name, row.name(), found.get(name), rows.get(name)));
  }

  /** Adds what a store shows of one end; returns how many it counts there. */
  private static long add(
      Engine engine, NamespaceRow row, ObjectId end, Name type, Map<AssociationName, Value> to) {
    List<AssociationAnswer> answers =
        engine
            .associations()
            .query(
                row,
                List.of(
                    new AssociationQuery.Range(end, type, TimeRange.ALL, Optional.empty(), 0, ALL),
                    new AssociationQuery.Count(end, type)));
    if (answers.getFirst() instanceof AssociationAnswer.Found(var page)) {
      for (AssociationRow each : page.rows()) {
        to.put(
            new AssociationName(end, type, each.id2()), new Value(each.timeNanos(), each.data()));
      }
    }
    return answers.getLast() instanceof AssociationAnswer.Counted(long count) ? count : -1;
  }
}
