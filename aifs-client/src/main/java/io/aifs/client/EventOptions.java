package io.aifs.client;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.util.List;

/**
 * Which events a subscriber wants. Of each list one entry must fit; an empty list fits all.
 *
 * @param start where to begin
 * @param follow whether to wait for what happens later; else the events end with the newest there
 *     is
 * @param types whole types, or beginnings with {@code *} after them
 * @param paths at or below which it happened, or a directory above which was removed or moved
 * @param kinds of the assets
 * @param branches that it happened to
 */
public record EventOptions(
    Start start,
    boolean follow,
    List<String> types,
    List<TreePath> paths,
    List<AssetKind> kinds,
    List<Name> branches) {
  /** Everything from now on. */
  public static final EventOptions LIVE =
      new EventOptions(new Start.Now(), true, List.of(), List.of(), List.of(), List.of());

  public EventOptions {
    types = List.copyOf(types);
    paths = List.copyOf(paths);
    kinds = List.copyOf(kinds);
    branches = List.copyOf(branches);
  }

  /** Where a subscription begins. */
  public sealed interface Start {
    /** With what happens from now on. */
    record Now() implements Start {}

    /** With the oldest event that is kept. */
    record Oldest() implements Start {}

    /** After an event, or where {@link EventSubscription#resumeAfter} says. */
    record After(String eventId) implements Start {}
  }

  /** The same, beginning elsewhere. */
  public EventOptions from(Start other) {
    return new EventOptions(other, follow, types, paths, kinds, branches);
  }
}
