package io.aifs.server.grpc;

import io.aifs.core.model.TreePath;
import io.aifs.server.auth.Restrictions;
import io.aifs.server.engine.event.EventView;
import io.aifs.server.engine.event.FeedEvent;
import java.util.Optional;

/**
 * Events as a restricted token sees them: those that happened to paths that it allows, told as if
 * there were no others. What moved out of them was removed; what moved into them was nowhere
 * before; what happened to a directory above them happened to the topmost of them. Thread-safe.
 */
record ScopedEvents(Restrictions restrictions) implements EventView {
  private static final String REMOVED = "tree.remove";

  /** That of a token. */
  static EventView of(Scope scope) {
    return scope.isWhole() ? EventView.ALL : new ScopedEvents(scope.restrictions());
  }

  @Override
  public Optional<FeedEvent> of(FeedEvent event) {
    if (!isOfAllowedRef(event) || !isOfAllowedContent(event)) {
      return Optional.empty();
    }
    Optional<TreePath> at = event.path().flatMap(path -> inside(path, event.directory()));
    Optional<TreePath> before = event.fromPath().flatMap(path -> inside(path, event.directory()));
    return at.isPresent()
        ? at.map(path -> event.told(event.type(), path, before))
        : before.map(path -> event.told(REMOVED, path, Optional.empty()));
  }

  private boolean isOfAllowedRef(FeedEvent event) {
    return restrictions.refs().isEmpty()
        || event.branch().filter(restrictions::allowsRef).isPresent();
  }

  private boolean isOfAllowedContent(FeedEvent event) {
    return (restrictions.kinds().isEmpty()
            || event.about().filter(about -> restrictions.allowsKind(about.kind())).isPresent())
        && (restrictions.assets().isEmpty()
            || event.asset().filter(restrictions::allowsAsset).isPresent());
  }

  private Optional<TreePath> inside(TreePath path, boolean directory) {
    if (restrictions.allowsPath(path)) {
      return Optional.of(path);
    }
    return directory ? restrictions.top().filter(path::contains) : Optional.empty();
  }
}
