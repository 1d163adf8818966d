package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Something that is wrong with a catalog by itself.
 *
 * @param sentence what is wrong, for an operator
 * @param assets ids of the assets it is about
 * @param paths paths that it is about
 */
public record CatalogProblem(Kind kind, String sentence, List<String> assets, List<String> paths) {
  public CatalogProblem {
    requireNonNull(kind, "kind is null");
    requireNonNull(sentence, "sentence is null");
    assets = List.copyOf(assets);
    paths = List.copyOf(paths);
  }

  public CatalogProblem(Kind kind, String sentence) {
    this(kind, sentence, List.of(), List.of());
  }

  /** What kind of rows contradict each other. */
  public enum Kind {
    /** The file itself: pages, indexes, types of values. */
    STRUCTURE,
    /** A namespace's totals are not the sums of its assets. */
    TOTALS,
    /** An asset's path count is not the number of paths that name it. */
    PATH_COUNTS,
    /** An event is newer than the newest ever given out. */
    EVENT_COUNTER,
    /** Lineage or a path names an asset that is neither visible nor deleted. */
    ASSET_LOST,
    /** A path says another size or kind than its asset. */
    PATH_DIFFERS,
    /** Rows of a namespace or branch that does not exist. */
    NAMESPACE_LOST,
    /** An asset is visible and deleted. */
    VISIBLE_AND_DELETED,
    /** An embedding of an asset that is not visible. */
    EMBEDDING_LEFT,
    /** An embedding's space does not exist, or is of another dimension. */
    EMBEDDING_SPACE,
    /** An asset is missing from the event that it was born at, so no list shows it. */
    NOT_LISTED,
    /** What is condemned or kept by collection contradicts itself or other rows. */
    COLLECTION,
    /** A branch or a tag names a snapshot that is not there. */
    SNAPSHOT_LOST,
    /** Places of snapshots in history, or moves of branches, contradict each other. */
    HISTORY,
    /** A count of associations is not how many there are. */
    ASSOCIATION_COUNTS,
    /** An association is not there, or not the same, from its other end. */
    ASSOCIATION_ONE_ENDED,
    /** An association's type is not declared, or inverses do not name each other. */
    ASSOCIATION_TYPES,
    /** What is staged is of no transaction, or not all of it is there. */
    STAGING
  }
}
