package io.aifs.server.catalog.layer;

import io.aifs.core.model.PathEntry;
import io.aifs.core.tree.TreeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An overlay and what lies below it, read as one. Reads no more of either than it is asked for. As
 * thread-safe as what it reads.
 */
public final class LayerView implements TreeView {
  private static final byte[] NONE = {};

  private final LayerRows rows;
  private final boolean ranges;
  private final TreeView lower;
  private final Function<TreeRoot, TreeView> trees;

  /**
   * @param ranges whether the overlay may have rows about ranges
   * @param lower what lies below
   * @param trees the trees that grafts may name
   */
  public LayerView(
      LayerRows rows, boolean ranges, TreeView lower, Function<TreeRoot, TreeView> trees) {
    this.rows = rows;
    this.ranges = ranges;
    this.lower = lower;
    this.trees = trees;
  }

  @Override
  public Optional<PathEntry> at(byte[] key) {
    Optional<LayerRow> row = rows.find(key);
    return row.isPresent() ? shown(row.get()) : regionOf(key).at(key);
  }

  @Override
  public Iterator<PathEntry> entries(byte[] first, byte[] end) {
    return new LayerIterator(this, rows, first, end);
  }

  @Override
  public TreeSums sums(byte[] first, byte[] end) {
    return new LayerSums(this, rows).between(first, end);
  }

  /** What a row that is about one key shows there. */
  Optional<PathEntry> shown(LayerRow row) {
    return switch (row.mark()) {
      case Mark.Entry(var entry) -> Optional.of(new PathEntry(row.path(), entry));
      case Mark.Nothing _ -> Optional.empty();
      case Mark.Graft graft ->
          source(graft).at(graft.source()).map(found -> new PathEntry(row.path(), found.entry()));
    };
  }

  /** Where what lies below a key is read, if no row is about the key alone. */
  private Region regionOf(byte[] key) {
    return ranges ? rows.longest(Keys.ranges(key)).map(this::region).orElse(all()) : all();
  }

  /** The mark that would show elsewhere what lies below at this key, or below its path. */
  public Mark below(byte[] key) {
    Optional<LayerRow> range = ranges ? rows.longest(Keys.ranges(key)) : Optional.empty();
    if (range.isEmpty()) {
      return new Mark.Graft(Optional.empty(), Keys.pathOf(key));
    }
    return switch (range.get().mark()) {
      case Mark.Graft graft ->
          new Mark.Graft(graft.root(), Keys.pathOf(region(range.get()).there(key)));
      case Mark other -> other;
    };
  }

  /** The regions that hold a key, the widest first. */
  List<Region> regionsOf(byte[] key) {
    List<Region> regions = new ArrayList<>();
    regions.add(all());
    if (ranges) {
      for (byte[] range : Keys.ranges(key)) {
        rows.find(range).map(this::region).ifPresent(regions::add);
      }
    }
    return regions;
  }

  private Region all() {
    return new Region(NONE, lower, NONE);
  }

  /** The region that a row about a range opens. */
  Region region(LayerRow row) {
    byte[] prefix = Keys.prefixOf(row.key());
    return switch (row.mark()) {
      case Mark.Nothing _ -> new Region(prefix, EMPTY, prefix);
      case Mark.Graft graft -> new Region(prefix, source(graft), Keys.prefixBelow(graft.source()));
      case Mark.Entry _ ->
          throw new IllegalStateException(
              "an entry stands at the key of a range: " + Arrays.toString(row.key()));
    };
  }

  private TreeView source(Mark.Graft graft) {
    return graft.root().map(trees).orElse(lower);
  }
}
