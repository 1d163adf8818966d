package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What associations a namespace must hold, from both ends, and how each read must show them. */
final class AssociationModel {
  private final Map<AssociationKey, AssociationRow> rows = new HashMap<>();

  private static int inverse(int type) {
    return AssociationWorkload.TYPES.stream()
        .filter(row -> row.number() == type)
        .findFirst()
        .orElseThrow()
        .inverse();
  }

  void put(AssociationRow row) {
    rows.put(row.key(), row);
    int inverse = inverse(row.type());
    if (inverse != 0) {
      AssociationRow other =
          new AssociationRow(row.id2(), inverse, row.id1(), row.timeNanos(), row.data());
      rows.put(other.key(), other);
    }
  }

  void delete(AssociationKey key) {
    rows.remove(key);
    int inverse = inverse(key.type());
    if (inverse != 0) {
      rows.remove(new AssociationKey(key.id2(), inverse, key.id1()));
    }
  }

  List<AssociationRow> newestFirst(ObjectId id1, int type) {
    return rows.values().stream()
        .filter(row -> row.id1().equals(id1) && row.type() == type)
        .sorted(
            Comparator.comparing(AssociationRow::timeNanos, Comparator.reverseOrder())
                .thenComparing(AssociationRow::id2))
        .toList();
  }

  /** Every end that there is shows what it must by every kind of read. */
  void compare(CatalogReader reader, long space) {
    for (ObjectId id1 : rows.keySet().stream().map(AssociationKey::id1).distinct().toList()) {
      for (AssociationTypeRow type : AssociationWorkload.TYPES) {
        compare(reader.associations(), space, id1, type.number());
      }
    }
  }

  private void compare(AssociationReader reader, long space, ObjectId id1, int type) {
    List<AssociationRow> wanted = newestFirst(id1, type);
    assertThat(reader.count(space, id1, type)).isEqualTo(wanted.size());
    assertThat(pages(reader, space, id1, type, TimeRange.ALL, 3)).isEqualTo(wanted);
    List<ObjectId> ends =
        wanted.stream().map(AssociationRow::id2).collect(Collectors.toCollection(ArrayList::new));
    ends.add(new ObjectId.External("none:such"));
    assertThat(reader.find(space, id1, type, ends, TimeRange.ALL)).isEqualTo(wanted);
    if (!wanted.isEmpty()) {
      AssociationRow middle = wanted.get(wanted.size() / 2);
      TimeRange some = new TimeRange(middle.timeNanos() - 5, middle.timeNanos() + 1);
      List<AssociationRow> within =
          wanted.stream().filter(row -> some.contains(row.timeNanos())).toList();
      assertThat(pages(reader, space, id1, type, some, 2)).isEqualTo(within);
      assertThat(reader.find(space, id1, type, ends, some)).isEqualTo(within);
    }
  }

  static List<AssociationRow> pages(
      AssociationReader reader, long space, ObjectId id1, int type, TimeRange times, int limit) {
    List<AssociationRow> all = new ArrayList<>();
    Optional<AssociationPage.Position> before = Optional.empty();
    do {
      AssociationPage page = reader.list(space, id1, type, times, before, 0, limit);
      all.addAll(page.rows());
      before = page.next();
    } while (before.isPresent());
    return all;
  }
}
