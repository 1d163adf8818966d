package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.AssociationKey;
import io.aifs.server.catalog.AssociationRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code association} to be.
 *
 * @param age the complement of the time, so that the newest come first
 * @param given whether the caller named it, rather than its other end
 */
@SuppressWarnings("ArrayRecordComponent") // columns; compared by BY_KEY
record AssociationEntry(
    byte[] id1, int type, byte[] id2, long age, byte @Nullable [] data, boolean given) {
  private static final Comparator<AssociationEntry> BY_KEY =
      Comparator.comparing(AssociationEntry::id1, Arrays::compareUnsigned)
          .thenComparingInt(AssociationEntry::type)
          .thenComparing(AssociationEntry::id2, Arrays::compareUnsigned);

  static AssociationEntry of(AssociationRow row) {
    byte[] data = row.data().bytes();
    return new AssociationEntry(
        row.id1().toBytes(),
        row.type(),
        row.id2().toBytes(),
        ~row.timeNanos(),
        data.length == 0 ? null : data,
        true);
  }

  static AssociationEntry of(AssociationKey key) {
    return new AssociationEntry(
        key.id1().toBytes(), key.type(), key.id2().toBytes(), 0, null, true);
  }

  AssociationEntry fromTheOtherEnd(int inverse) {
    return new AssociationEntry(id2, inverse, id1, age, data, false);
  }

  /** In the order of the index, of those with one key the last. */
  static List<AssociationEntry> lastOfEach(List<AssociationEntry> entries) {
    List<AssociationEntry> sorted = new ArrayList<>(entries);
    sorted.sort(BY_KEY); // stable: of one key, later ones come later
    List<AssociationEntry> last = new ArrayList<>(sorted.size());
    for (AssociationEntry entry : sorted) {
      if (!last.isEmpty() && BY_KEY.compare(last.getLast(), entry) == 0) {
        last.removeLast();
      }
      last.add(entry);
    }
    return last;
  }
}
