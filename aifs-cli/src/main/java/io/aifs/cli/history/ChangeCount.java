package io.aifs.cli.history;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.core.model.TreeEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How many changes there are of each kind, and of how many bytes. Not thread-safe. */
public final class ChangeCount {
  private final Map<Change.Kind, Long> counts = new EnumMap<>(Change.Kind.class);
  private long bytesAdded;
  private long bytesRemoved;

  public void add(Change change) {
    counts.merge(change.kind(), 1L, Long::sum);
    if (change.kind() != Change.Kind.RENAMED && change.kind() != Change.Kind.ATTRIBUTES) {
      bytesAdded += size(change.after());
      bytesRemoved += size(change.before());
    }
  }

  private static long size(Optional<TreeEntry> entry) {
    return entry.isPresent() && entry.get() instanceof TreeEntry.File file ? file.size() : 0;
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  private long count(Change.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** {@code 3 added, 1 removed; +1.2 MiB, -3.0 KiB}. */
  public String text() {
    if (isEmpty()) {
      return "no differences";
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(Sizes.count(count) + " " + word(kind)));
    return String.join(", ", parts)
        + "; +%s, -%s".formatted(Sizes.bytes(bytesAdded), Sizes.bytes(bytesRemoved));
  }

  private static String word(Change.Kind kind) {
    return kind == Change.Kind.ATTRIBUTES
        ? "with other attributes"
        : kind.name().toLowerCase(Locale.ROOT);
  }

  public Fields fields() {
    Fields fields = new Fields();
    for (Change.Kind kind : Change.Kind.values()) {
      fields.with(kind.name().toLowerCase(Locale.ROOT), count(kind));
    }
    return fields.with("bytes_added", bytesAdded).with("bytes_removed", bytesRemoved);
  }
}
