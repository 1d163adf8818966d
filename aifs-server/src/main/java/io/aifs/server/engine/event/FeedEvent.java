package io.aifs.server.engine.event;

import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EventItem;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One event as subscribers see it.
 *
 * @param asset what it is about, if it is about an asset
 * @param about what that asset is, where it is known
 * @param path where it happened
 * @param directory whether the path stands for all below it as well
 * @param details what else there is to say
 */
public record FeedEvent(
    EventId id,
    String type,
    Instant at,
    Optional<Digest> asset,
    Optional<EventItem.About> about,
    Optional<TreePath> path,
    boolean directory,
    Map<String, String> details) {
  private static final String BRANCH = "branch";
  private static final String FROM_PATH = "from_path";

  public FeedEvent {
    details = Map.copyOf(details);
  }

  /** The branch that it happened to: a word, which is not checked again. */
  public Optional<String> branch() {
    return Optional.ofNullable(details.get(BRANCH));
  }

  /** Where what moved was before. */
  public Optional<TreePath> fromPath() {
    return Optional.ofNullable(details.get(FROM_PATH)).map(TreePath::new);
  }

  /** The sequence of its row: the version of the store that shows it. */
  public long version() {
    return id.position().sequence();
  }

  /** The same event, told of other places, and with nothing more to say but its branch. */
  public FeedEvent told(String as, TreePath at, Optional<TreePath> before) {
    Map<String, String> said = new HashMap<>();
    branch().ifPresent(name -> said.put(BRANCH, name));
    before.ifPresent(place -> said.put(FROM_PATH, place.value()));
    return new FeedEvent(id, as, this.at, asset, about, Optional.of(at), directory, said);
  }

  boolean isOf(Name branch) {
    return branch.value().equals(details.get(BRANCH));
  }
}
